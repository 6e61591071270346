/** There is no connection, and as much waits for one as may. What was to be said was not put by. */
export class QueueFullError extends Error {
  static {
    Object.defineProperty(this.prototype, "name", { value: "QueueFullError" }); // assigning fails where a page froze its errors
  }

  constructor(limit: number) {
    super(`No connection, and ${limit} messages wait for one already.`);
  }
}
