/** No answer came: offline, refused, cut off or too slow. Whether the call had an effect is not known. */
export class NetworkError extends Error {
  static {
    Object.defineProperty(this.prototype, "name", { value: "NetworkError" }); // assigning fails where a page froze its errors
  }

  constructor(cause: unknown) {
    super("The desk could not be reached.", { cause });
  }
}
