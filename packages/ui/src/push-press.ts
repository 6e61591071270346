/** Calls `open` with what a pushed notice is about when it is pressed, if this page is the one that its worker asks. */
export function hearPress(open: (view: string) => void): void {
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
}
