import type { ReactiveController, ReactiveControllerHost } from "lit";
import { randomId } from "./random-id.ts";

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
  /** Refused before it was sent: too large, empty, or one too many. `gone`: kept with a draft for too long. */
  reason?: "size" | "empty" | "count" | "gone";
}

/** A file that is up and not part of a message yet, as a draft remembers it. */
export interface KeptFile {
  id: string;
  name: string;
  size: number;
  contentType: string;
  scan: "pending" | "clean" | "infected" | "unscanned";
}
/** Where the files of one draft are remembered. */
export interface FileKeep {
  read: () => readonly KeptFile[];
  write: (files: KeptFile[]) => void;
}

export interface UploadOptions<T> {
  /** Sends one file. Rejects when `signal` is aborted. */
  send: (file: File, how: { key: string; signal: AbortSignal; onProgress: (share: number) => void }) => Promise<T>;
  /** Bytes that one file may have. */
  maxBytes: () => number;
  /** Whether the same file may do better at a second try. */
  mayRetry: (error: unknown) => boolean;
  /** What became of a file that a draft remembers; null when it is no longer there, undefined when nobody can tell. */
  look: (id: string) => Promise<"open" | "pending" | "infected" | null | undefined>;
  /** A file from a draft, as `send` would have answered it. */
  revive: (file: KeptFile) => T;
}

const most = 5;

/**
 * The files of one message that is being written: each goes up at once, with its progress, and can be taken out again. With a
 * {@link FileKeep} those that are up are there again after a reload, as long as the server has them.
 */
export class Uploads<T extends KeptFile> implements ReactiveController {
  list: Upload<T>[] = [];
  readonly #host: ReactiveControllerHost;
  readonly #options: UploadOptions<T>;
  readonly #stops = new Map<string, AbortController>();
  #keep: FileKeep | null = null;
  #isOpen = false;
  #written = "[]";

  constructor(host: ReactiveControllerHost, options: UploadOptions<T>) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  hostConnected(): void {
    if (this.#keep) this.open(this.#keep);
  }
  hostDisconnected(): void {
    this.#isOpen = false; // what goes now goes from here alone: the draft remembers it
    this.clear();
  }
  hostUpdated(): void {
    if (!this.#isOpen) return;
    const files = this.results.map(({ id, name, size, contentType, scan }) => ({ id, name, size, contentType, scan }));
    const written = JSON.stringify(files);
    if (written !== this.#written) this.#keep?.write(files);
    this.#written = written;
  }

  /** Turns to a draft: its files are here again, and each is looked for. */
  open(keep: FileKeep): void {
    this.clear();
    this.#keep = keep;
    this.#isOpen = true;
    const kept = keep.read();
    this.#written = JSON.stringify(kept);
    this.list = kept.map((one) => ({
      key: one.id,
      file: new File([], one.name, { type: one.contentType }),
      state: "done",
      share: 1,
      result: this.#options.revive(one),
    }));
    void this.check();
  }

  /** Looks whether what is up is still there: after a reload, or when a message was refused for its files. */
  async check(): Promise<void> {
    await Promise.all(
      this.list.map(async (upload) => {
        const { result } = upload;
        const found = result && (await this.#options.look(result.id).catch(() => undefined));
        if (!result || found === undefined || upload.result !== result) return;
        if (found === null) {
          delete upload.result;
          Object.assign(upload, { state: "refused", reason: "gone" });
        } else if (found !== "open") upload.result = { ...result, scan: found };
        else if (result.scan === "pending") upload.result = { ...result, scan: "clean" };
      }),
    );
    this.#host.requestUpdate();
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
      const upload: Upload<T> = { key: randomId(), file, state: "sending", share: 0 };
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
