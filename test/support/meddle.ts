/**
 * What old libraries and careful owners do to the page before anything else runs there: names added to every array and
 * object, built-ins replaced by poorer ones, promises and requests wrapped, storage and locks refused, and in the end
 * everything frozen. Runs in the browser.
 */
export function meddle(): void {
  /* eslint-disable @typescript-eslint/no-explicit-any -- it is the point of this page to disregard every type */
  const page = globalThis as any;
  // As Prototype.js and its kin did: enumerable, and in the way of JSON.
  page.Array.prototype.each = function each(): void {};
  page.Array.prototype.last = 7;
  page.Object.prototype.inherited = function inherited(): string {
    return "from everywhere";
  };
  page.Array.prototype.toJSON = function toJSON(): string {
    return `[${[...this].map((value) => JSON.stringify(value)).join(",")}]`;
  };
  page.Array.from = (list: { length: number }) => Array.prototype.slice.call(list);
  page.Element.prototype.show = function show(): void {
    this.style.display = "";
  };
  page.Element.prototype.hide = function hide(): void {
    this.style.display = "none";
  };
  // As monitoring scripts do.
  const { fetch: ask, Promise: Native, addEventListener: listen } = page;
  page.fetch = function fetch(...values: unknown[]): Promise<Response> {
    if (this !== undefined && this !== page) throw new TypeError("Illegal invocation");
    return new Native((resolve: (value: Response) => void, reject: (reason: unknown) => void) => {
      ask.apply(page, values).then(resolve, reject);
    });
  };
  page.Promise = class Promise extends Native {};
  page.EventTarget.prototype.addEventListener = function addEventListener(name: string, ...rest: unknown[]): void {
    listen.call(this, name, ...rest);
  };
  const { define } = page.customElements;
  page.CustomElementRegistry.prototype.define = function defineOnce(name: string, ...rest: unknown[]): void {
    if (this.get(name)) throw new Error(`${name} was defined twice`);
    define.call(this, name, ...rest);
  };
  // As where storage is blocked, and on pages without https.
  for (const store of ["localStorage", "sessionStorage", "indexedDB"])
    Object.defineProperty(page, store, {
      get() {
        throw new DOMException("Access is denied for this document.", "SecurityError");
      },
    });
  delete page.Crypto.prototype.randomUUID;
  Object.defineProperty(page.Navigator.prototype, "locks", { value: undefined });
  page.BroadcastChannel = undefined;
  // As careful owners do, against everything above.
  for (const name of "Object Function Array Map Set WeakMap Promise Error TypeError RegExp Date Symbol String Number JSON Math Reflect".split(
    " ",
  )) {
    Object.freeze(page[name]);
    if (page[name].prototype) Object.freeze(page[name].prototype);
  }
  for (const name of ["EventTarget", "Node", "Element", "HTMLElement", "Document", "Event", "CustomEvent"])
    Object.freeze(page[name].prototype);
}
