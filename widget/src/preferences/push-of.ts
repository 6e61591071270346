import type { PushSwitch } from "@sidedesk/preferences-view";
import type { Desk } from "../session/desk.ts";

export function pushOf(_desk: Desk): PushSwitch {
  return { find: async () => "unready", turnOn: async () => "on", turnOff: async () => "off" };
}
