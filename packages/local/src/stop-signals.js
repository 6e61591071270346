import { readFileSync } from "node:fs";

/**
 * Calls back when the user wants an end. Ctrl-C in a terminal goes to the whole process group, so MongoDB would stop under
 * the API's last writes; while we are in the foreground the key is therefore read as a key, and only this process is asked.
 * @param {(isInsisting: boolean) => void} handle true when asked again after a while
 */
export function onStop(handle) {
  let firstAt = 0;
  const ask = () => {
    const now = Date.now();
    if (firstAt === 0) {
      firstAt = now;
      handle(false);
    } else if (now - firstAt > 1500) handle(true); // npm passes on the signal that the group has got already
  };
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) process.on(signal, ask);
  followNpm(ask);
  if (!process.stdin.isTTY || !isInForeground()) return;
  process.stdin.setRawMode(true);
  process.stdin.on("data", (keys) => {
    if (keys.includes(3) || keys.includes(28)) ask(); // Ctrl-C, Ctrl-\
  });
  process.stdin.on("error", () => undefined);
  process.stdin.unref();
  process.once("exit", () => process.stdin.setRawMode(false));
}

/**
 * A SIGTERM sent to npm alone ends npm and its shell, not us: when the parent is gone, that was the wish to stop.
 * @param {() => void} ask
 */
function followNpm(ask) {
  if (!process.env["npm_lifecycle_event"]) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    ask();
  }, 200);
  timer.unref();
}

/** Only the foreground group may change the terminal's mode; another one would be stopped for trying. */
function isInForeground() {
  try {
    const stat = readFileSync("/proc/self/stat", "utf8");
    const [, , group, , , foreground] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return group === foreground;
  } catch {
    return false; // not Linux: Ctrl-C reaches all at once, and nothing acknowledged is lost by it
  }
}
