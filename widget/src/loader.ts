import type { CommandQueue, EmbedOptions } from "./embed.ts";

declare global {
  interface Window {
    Sidedesk?: CommandQueue;
  }
}
/** Hashed name of the embed module, put in by the build. */
declare const EMBED: string;

/*
 * What the script tag loads. It keeps the page's commands and imports the rest: `import()` takes no Trusted Types sink,
 * unlike a script element, and runs nothing before the page is there. Elements with a name or id may stand in the place of
 * `currentScript` and `Sidedesk`: an image shall not say where our code comes from.
 */
const { currentScript } = document;
const script =
  currentScript instanceof HTMLScriptElement
    ? currentScript
    : document.querySelector<HTMLScriptElement>("script[data-site]");
const { Sidedesk } = window;
const queue = Array.isArray(Sidedesk) ? Sidedesk : (window.Sidedesk = [] as CommandQueue);
if (script && !queue.base) {
  const base = (queue.base = new URL(".", script.src).href.slice(0, -1));
  const { site = "", lang, launcher, pushWorker } = script.dataset;
  const load = (): void => {
    import(`${base}/widget/${EMBED}`)
      .then(({ start }: { start: (options: EmbedOptions) => Promise<void> }) =>
        start({ queue, base, site, lang, launcher, pushWorker }),
      )
      .catch((error: unknown) => {
        reportError(error);
        addEventListener("online", load, { once: true }); // loaded without a connection: the launcher comes with it
      });
  };
  load();
}
