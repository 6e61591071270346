/** What the user sees: steps with their time, plain errors with what to do. Nothing here knows what a step does. */

/** An error that the user can do something about: said in plain words, without a stack. */
export class Refusal extends Error {
  /**
   * @param {string} message
   * @param {string[]} [advice] lines that say what to do
   */
  constructor(message, advice = []) {
    super(message);
    this.name = "Refusal";
    this.advice = advice;
  }
}

/** @type {NodeJS.WriteStream} */
let out = process.stdout;
let isLive = Boolean(out.isTTY) && !process.env["CI"];
// A reader that went away (`npm start | head`) is no reason to leave the database running.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);

/** Steps are shown here from now on. @param {NodeJS.WriteStream} stream */
export function showStepsOn(stream) {
  out = stream;
  isLive = Boolean(out.isTTY) && !process.env["CI"];
}

/** Steps under way, oldest first; on a terminal they share one line. @type {Map<symbol, { label: string, since: number }>} */
const running = new Map();
/** @type {NodeJS.Timeout | undefined} */
let timer;
let frame = 0;

/** Prints lines. @param {...string} lines */
export function say(...lines) {
  wipe();
  out.write(`${lines.join("\n")}\n`);
}

/** @param {unknown} error */
export function explain(error) {
  wipe();
  const lines =
    error instanceof Refusal
      ? [error.message, ...error.advice]
      : [error instanceof Error ? (error.stack ?? error.message) : String(error)];
  process.stderr.write(`\n${lines.join("\n")}\n\n`);
}

/**
 * Runs one step and shows that it runs: a moving line on a terminal, else a line when it takes over a second and every ten.
 * @template T
 * @param {string} label
 * @param {() => Promise<T> | T} work
 * @param {{ quietUnder?: number, isOk?: (result: T) => boolean, isShown?: boolean }} [options] steps quicker than
 *   `quietUnder` milliseconds print nothing; those that are not shown print only how they ended
 * @returns {Promise<T>}
 */
export async function step(label, work, { quietUnder = 1000, isOk = () => true, isShown = true } = {}) {
  const key = Symbol(label);
  const since = Date.now();
  if (isShown) running.set(key, { label, since });
  let isAnnounced = false;
  const announce =
    isLive || !isShown
      ? undefined
      : setInterval(() => {
          const seconds = Math.round((Date.now() - since) / 1000);
          if (!isAnnounced || seconds % 10 === 0)
            out.write(`  ${label}${isAnnounced ? ` (${seconds} s so far)` : " ..."}\n`);
          isAnnounced = true;
        }, 1000);
  if (isLive && isShown) timer ??= setInterval(draw, 80);
  let mark = "ok";
  try {
    const result = await work();
    if (!isOk(result)) mark = "failed";
    return result;
  } catch (error) {
    mark = "failed";
    throw error;
  } finally {
    clearInterval(announce);
    running.delete(key);
    if (running.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
    const spent = Date.now() - since;
    if (spent >= quietUnder || mark === "failed")
      say(
        `  ${isLive ? (mark === "ok" ? "\x1b[32m✓\x1b[0m" : "\x1b[31m✗\x1b[0m") : mark.padEnd(6)} ${label}, ${inSeconds(spent)}`,
      );
  }
}

/** @param {number} milliseconds */
export const inSeconds = (milliseconds) => `${(milliseconds / 1000).toFixed(1)} s`;

function draw() {
  const names = [...running.values()];
  const oldest = names[0];
  if (!oldest) return;
  frame = (frame + 1) % 10;
  const text = `${names.map((each) => each.label).join(", ")}  ${Math.floor((Date.now() - oldest.since) / 1000)} s`;
  out.write(`\r\x1b[2K  ${"⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"[frame]} ${text.slice(0, (out.columns ?? 80) - 6)}`);
}

function wipe() {
  if (isLive && running.size > 0) out.write("\r\x1b[2K");
}
