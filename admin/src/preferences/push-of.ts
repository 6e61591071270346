import type { PushSwitch } from "@sidedesk/preferences-view";
import type { Session } from "../shell/session.ts";

export function pushOf(_session: Session): PushSwitch {
  return { find: async () => "unsupported", turnOn: async () => "on", turnOff: async () => "off" };
}
