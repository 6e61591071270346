import { errors, type Dispatcher } from "undici";

/** Bytes of an answer's body that are read at all. */
export const mostRead = 64 * 1024;
/** Answers of 1xx before the real one. More than these are no more than noise. */
const mostInformational = 20;

/** What gives a call up: an AbortSignal, or as much of one as is asked for here. */
export interface Cutoff {
  readonly aborted: boolean;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}
export interface Post {
  headers: Record<string, string>;
  body: string | Buffer;
  signal: Cutoff;
}
/** Where to: as undici wants it. */
export interface Target {
  origin: string;
  path: string;
}
export interface Answer {
  status: number;
  headers: Record<string, string>;
  /** As it came, never decompressed; at most {@link mostRead} bytes. */
  body: Buffer;
  /** Whether there was more than was read. */
  truncated: boolean;
}

/** A line that broke before anything of the answer came. */
export class UnansweredError extends Error {
  override readonly cause: Error;
  constructor(cause: Error) {
    super(cause.message);
    this.cause = cause;
  }
}

/**
 * One request and its answer, read no further than to the bound, given up at the moment the signal says so, also while it
 * waits for a line or the line is being made. By undici's own events: streams for each answer cost as much again.
 * @throws UnansweredError, or what broke the answer off
 */
export function postOnce(
  agent: Dispatcher,
  { origin, path }: Target,
  { headers, body, signal }: Post,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let line: Dispatcher.DispatchController | undefined;
    let head: { status: number; headers: Record<string, string> } | undefined;
    let informational = 0;
    let isOver = false;
    let read = 0;
    const chunks: Buffer[] = [];
    const end = (): boolean => {
      if (isOver) return false;
      isOver = true;
      signal.removeEventListener("abort", giveUp);
      return true;
    };
    const fail = (error: Error): void => {
      if (end()) reject(head || signal.aborted ? error : new UnansweredError(error));
    };
    const giveUp = (): void => {
      const error = new errors.RequestAbortedError();
      fail(error);
      line?.abort(error);
    };
    const succeed = (): void => {
      if (head && end()) resolve({ ...head, body: Buffer.concat(chunks), truncated: read > mostRead });
    };
    if (signal.aborted) return giveUp();
    signal.addEventListener("abort", giveUp);
    agent.dispatch(
      { origin, path, method: "POST", headers, body },
      {
        onRequestStart: (controller) => {
          line = controller;
          if (isOver) controller.abort(new errors.RequestAbortedError());
        },
        onResponseStart: (controller, status, raw) => {
          if (status >= 200) head = { status, headers: plain(raw) };
          else if ((informational += 1) > mostInformational) {
            const error = Object.assign(new Error("Too many answers of 1xx"), { code: "HPE_TOO_MANY_1XX" });
            head = { status, headers: {} }; // it did answer: no reason to ask again
            fail(error);
            controller.abort(error);
          }
        },
        onResponseData: (controller, chunk) => {
          if (isOver) return;
          chunks.push(chunk.subarray(0, mostRead - read));
          read += chunk.length;
          if (read <= mostRead) return;
          succeed();
          controller.abort(new errors.RequestAbortedError());
        },
        onResponseEnd: succeed,
        onResponseError: (_controller, error) => fail(error),
      },
    );
  });
}

const plain = (headers: Record<string, string | string[] | undefined>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : (value ?? "")]),
  );
