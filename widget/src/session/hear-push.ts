import { hearPress } from "@sidedesk/ui/push-press";
import type { Desk } from "./desk.ts";

/** Opens what a pushed notice is about when it is pressed, and keeps push with whoever is signed in. */
export function hearPush(desk: Desk, open: (view: string) => void): void {
  hearPress(open);
  desk.on("person", () => {
    if (desk.options.pushWorker !== undefined && globalThis.Notification?.permission === "granted")
      void import("./push-of.ts").then(({ followPerson }) => followPerson(desk), console.warn);
  });
}
