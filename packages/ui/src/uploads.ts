import type { ReactiveController, ReactiveControllerHost } from "lit";

/** A file that somebody chose, on its way to being part of a message. */
export interface Upload<T> {
  /** One per file meant once: a second try cannot send it twice. */
  key: string;
  file: File;
  /** `refused` is for good: another file must be chosen. */
  state: "sending" | "done" | "failed" | "refused";
  /** How much of it is on its way, from 0 to 1. */
  share: number;
  result?: T;
  error?: unknown;
  /** Refused before it was sent: too large, empty, or one too many. */
  reason?: "size" | "empty" | "count";
}

export interface UploadOptions<T> {
  /** Sends one file. Rejects when `signal` is aborted. */
  send: (file: File, how: { key: string; signal: AbortSignal; onProgress: (share: number) => void }) => Promise<T>;
  /** Bytes that one file may have. */
  maxBytes: () => number;
  /** Whether the same file may do better at a second try. */
  mayRetry: (error: unknown) => boolean;
}

const most = 5;

/** The files of one message that is being written: each goes up at once, with its progress, and can be taken out again. */
export class Uploads<T extends { id: string }> implements ReactiveController {
  list: Upload<T>[] = [];
  readonly #host: ReactiveControllerHost;
  readonly #options: UploadOptions<T>;
  readonly #stops = new Map<string, AbortController>();

  constructor(host: ReactiveControllerHost, options: UploadOptions<T>) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.clear();
  }

  /** Some are still on their way. */
  get isBusy(): boolean {
    return this.list.some(({ state }) => state === "sending");
  }
  /** Some cannot be part of the message as they are. */
  get hasProblem(): boolean {
    return this.list.some(({ state }) => state === "failed" || state === "refused");
  }
  /** What is up, in the order in which it was chosen. */
  get results(): T[] {
    return this.list.flatMap(({ result }) => result ?? []);
  }

  add(files: Iterable<File>): void {
    for (const file of files) {
      const upload: Upload<T> = { key: crypto.randomUUID(), file, state: "sending", share: 0 };
      const count = this.list.filter(({ state }) => state !== "refused").length;
      this.list = [...this.list, upload];
      if (count >= most) Object.assign(upload, { state: "refused", reason: "count" });
      else if (file.size === 0) Object.assign(upload, { state: "refused", reason: "empty" });
      else if (file.size > this.#options.maxBytes()) Object.assign(upload, { state: "refused", reason: "size" });
      else void this.#send(upload);
    }
    this.#host.requestUpdate();
  }

  retry(key: string): void {
    const upload = this.list.find((one) => one.key === key);
    if (upload?.state === "failed") void this.#send(upload);
  }

  /** Takes a file out; one that is on its way is stopped. */
  remove(key: string): void {
    this.list = this.list.filter((one) => one.key !== key);
    this.#stops.get(key)?.abort();
    this.#host.requestUpdate();
  }

  clear(): void {
    for (const stop of this.#stops.values()) stop.abort();
    this.list = [];
    this.#host.requestUpdate();
  }

  async #send(upload: Upload<T>): Promise<void> {
    const { key, file } = upload;
    const stop = new AbortController();
    this.#stops.set(key, stop);
    Object.assign(upload, { state: "sending", share: 0, error: undefined });
    this.#host.requestUpdate();
    const onProgress = (share: number): void => {
      upload.share = share;
      this.#host.requestUpdate();
    };
    try {
      upload.result = await this.#options.send(file, { key, signal: stop.signal, onProgress });
      upload.state = "done";
    } catch (error) {
      upload.error = error;
      upload.state = this.#options.mayRetry(error) ? "failed" : "refused";
    }
    this.#stops.delete(key);
    this.#host.requestUpdate();
  }
}

/** The files in what was pasted or dropped; empty when there are none, and then the event is not ours. */
export const filesIn = (event: ClipboardEvent | DragEvent): File[] => [
  ...((event instanceof ClipboardEvent ? event.clipboardData : event.dataTransfer)?.files ?? []),
];
