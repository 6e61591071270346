import type { Desk } from "./desk.ts";

/** Opens what a pushed notice is about when it is pressed, and keeps push with whoever is signed in. */
export function hearPush(desk: Desk, open: (view: string) => void): void {
  if (self.origin === "null") return; // in a sealed frame even looking for workers throws
  navigator.serviceWorker?.addEventListener(
    "message",
    ({ data, ports }: MessageEvent<{ sidedesk?: string } | null>) => {
      const view = data?.sidedesk;
      if (!view) return;
      ports[0]?.postMessage(1); // so that no other page is asked
      open(view);
    },
  );
  desk.on("person", () => {
    if (desk.options.pushWorker !== undefined && globalThis.Notification?.permission === "granted")
      void import("./push-of.ts").then(({ followPerson }) => followPerson(desk));
  });
}
