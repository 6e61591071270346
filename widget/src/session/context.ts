import type { Desk } from "./desk.ts";

/*
 * Which desk an element belongs to is asked by the Context Community Protocol, the one that @lit/context speaks. Its
 * package would be 0.7 KB in every visitor's browser for what is one value that never changes while an element lives.
 */
const key = Symbol.for("sidedesk-desk");

class ContextRequest extends Event {
  readonly context = key;
  readonly callback: (desk: Desk) => void;
  constructor(callback: (desk: Desk) => void) {
    super("context-request", { bubbles: true, composed: true });
    this.callback = callback;
  }
}

/** Everything inside `host` belongs to the desk that `find` names. */
export function provideDesk(host: HTMLElement, find: () => Desk): void {
  host.addEventListener("context-request", (event) => {
    const request = event as unknown as ContextRequest;
    if (request.context !== key || request.composedPath()[0] === host) return;
    request.stopPropagation();
    request.callback(find());
  });
}

/** The desk of the nearest panel or portal around `element`, if there is one. */
export function nearbyDesk(element: HTMLElement): Desk | undefined {
  let found: Desk | undefined;
  element.dispatchEvent(new ContextRequest((desk) => (found = desk)));
  return found;
}
