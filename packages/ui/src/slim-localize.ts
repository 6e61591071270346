import type { ReactiveControllerHost } from "lit";

/*
 * What the widget's bundle uses instead of @lit/localize's runtime: the same words under the same ids, for texts and for
 * texts with values in them. The library also knows HTML templates, status events and browsers without BigInt, for half a
 * kilobyte more in every visitor's browser. slim-localize.test.ts holds the two side by side.
 */

interface Text {
  strTag: true;
  strings: readonly string[];
  values: readonly unknown[];
}
type Template = string | Text;
interface Locale {
  templates: Record<string, Template>;
}

let templates: Locale["templates"] | undefined;
let locale = "";
let asked = "";
const hosts = new Set<ReactiveControllerHost>();
const ids = new Map<string, string>();

/** FNV-1a of 64 bits over UTF-16 code units, as `lit-localize extract` counts its ids. */
function idOf(text: string): string {
  let id = ids.get(text);
  if (!id) {
    let hash = 0xcbf29ce484222325n;
    for (let at = 0; at < text.length; at += 1)
      hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(at))) * 0x100000001b3n);
    ids.set(text, (id = `s${hash.toString(16).padStart(16, "0")}`));
  }
  return id;
}

const join = (strings: readonly string[], value: (at: number) => unknown): string =>
  strings.reduce((text, part, at) => `${text}${String(value(at - 1))}${part}`);

/** A text with values in it. */
export const str = (strings: TemplateStringsArray, ...values: unknown[]): Text => ({ strTag: true, strings, values });

/** The text in the present language, or as it is written. */
export function msg(text: Template, _options?: { desc?: string }): string {
  const isPlain = typeof text === "string";
  const found = templates?.[idOf(isPlain ? text : text.strings.join("\x1e"))] ?? text;
  if (typeof found === "string") return found;
  const values = isPlain ? [] : text.values;
  // A translation names the values by their place in the original, in whatever order it needs them.
  return join(found.strings, (at) => (found === text ? values[at] : values[found.values[at] as number]));
}

/** Renders the host again whenever the language changes. */
export const updateWhenLocaleChanges = (host: ReactiveControllerHost): void =>
  host.addController({
    hostConnected: () => void hosts.add(host),
    hostDisconnected: () => void hosts.delete(host),
  });

/** Says which languages there are and how their words are loaded. */
export function configureLocalization(options: {
  sourceLocale: string;
  targetLocales: readonly string[];
  loadLocale: (locale: string) => Promise<Locale>;
}): { getLocale: () => string; setLocale: (locale: string) => Promise<void> } {
  const { sourceLocale, loadLocale } = options;
  locale = asked = sourceLocale;
  const setLocale = async (wanted: string): Promise<void> => {
    asked = wanted;
    const loaded = wanted === sourceLocale ? undefined : await loadLocale(wanted);
    if (wanted !== asked) return; // another one was asked for meanwhile
    locale = wanted;
    templates = loaded?.templates;
    for (const host of hosts) host.requestUpdate();
  };
  return { getLocale: () => locale, setLocale };
}
