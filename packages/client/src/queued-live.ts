import type { Ack, ClientEvents } from "@sidedesk/contract";
import { QueueFullError } from "./errors/queue-full-error.ts";
import { LiveClient, type LiveOptions, type Saying } from "./live.ts";

export interface QueuedLiveOptions extends Omit<LiveOptions, "share"> {
  /** So many messages are put by while there is no connection; 100 unless told. */
  limit?: number;
}
type Said = Saying[0];
/** @param answer null when none came, so that it is not known whether the message had an effect */
export type HearAnswer = (answer: Ack | null) => void;

/** What means nothing later. */
const volatile = new Set<Said>(["typing"]);

/**
 * A {@link LiveClient} by which anything can be said to the desk, also while there is no connection: it is put by, and
 * said once, in the order in which it came, when there is one. Pages have no use for it (subscriptions outlive
 * reconnects by themselves), so it is apart from what they load.
 */
export class QueuedLiveClient extends LiveClient {
  readonly #limit: number;
  readonly #patience: number;
  readonly #waiting: { send: () => void; drop: () => void }[] = [];

  constructor({ limit = 100, ...options }: QueuedLiveOptions) {
    super(options);
    this.#limit = limit;
    this.#patience = 20 * (options.delay ?? 500);
    this.onState((state) => {
      if (state === "online") for (const { send } of this.#waiting.splice(0)) send();
    });
  }

  /** How many messages are put by. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /**
   * Says something to the desk, now or as soon as there is a connection. What is only of the moment (`typing`) is dropped
   * while there is none. What was said is never said again: where the connection broke before the answer, `hear` gets null.
   *
   * @param hear gets the desk's answer; null when none came in ten seconds, or the message was dropped
   * @throws QueueFullError when as much is put by as may
   */
  emit<E extends Said>(event: E, input: Parameters<ClientEvents[E]>[0], hear: HearAnswer = () => {}): void {
    const send = (): void => {
      let tell = (answer: Ack | null): void => {
        tell = () => {}; // an answer that comes after all is late
        clearTimeout(silence);
        hear(answer);
      };
      const silence = setTimeout(() => tell(null), this.#patience);
      this.say(event, input, (answer) => tell(answer));
    };
    if (this.state === "online") return send();
    if (volatile.has(event)) return hear(null);
    if (this.#waiting.length >= this.#limit) throw new QueueFullError(this.#limit);
    this.#waiting.push({ send, drop: () => hear(null) });
  }

  /** Also lets go of what was put by: who connects next may be somebody else. */
  override disconnect(): void {
    super.disconnect();
    for (const { drop } of this.#waiting.splice(0)) drop();
  }
}
