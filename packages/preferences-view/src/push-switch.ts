import type { WebPush } from "@sidedesk/ui/web-push";

export type { PushState } from "@sidedesk/ui/web-push";

/** How a host turns push on this device on and off. Turning on may ask, so it is called by a press. */
export type PushSwitch = Pick<WebPush, "find" | "turnOn" | "turnOff">;
