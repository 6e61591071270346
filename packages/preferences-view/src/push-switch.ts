/**
 * Whether this browser shows messages while no page is open. `unsupported`: it cannot; `unready`: the page's owner has not
 * put the worker file in its place; `denied`: its user said no, and only they can take that back.
 */
export type PushState = "unsupported" | "unready" | "denied" | "off" | "on";

/** How a host turns it on and off. Turning on may ask, so it is called by a press. */
export interface PushSwitch {
  find: () => Promise<PushState>;
  turnOn: () => Promise<PushState>;
  turnOff: () => Promise<PushState>;
}
