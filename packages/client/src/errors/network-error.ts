/** No answer came: offline, refused, cut off or too slow. Whether the call had an effect is not known. */
export class NetworkError extends Error {
  constructor(cause: unknown) {
    super("The desk could not be reached.", { cause });
    this.name = "NetworkError";
  }
}
