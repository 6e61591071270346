import { spawn } from "node:child_process";

// Reads lists of process ids, the last one counts; when the other end is gone, however it went, ends them and then insists.
const script = `
trap '' INT TERM HUP
pids=
while read -r line; do pids=$line; done
[ -n "$pids" ] || exit 0
kill -TERM $pids 2>/dev/null
for i in 1 2 3 4 5 6 7 8 9 10; do
  sleep 0.5
  left=
  for pid in $pids; do kill -0 $pid 2>/dev/null && left="$left $pid"; done
  [ -n "$left" ] || exit 0
done
kill -KILL $left 2>/dev/null
`;

/**
 * Ties processes to this one: a small shell waits on a pipe and ends them when this process disappears without having
 * cleaned up (SIGKILL, a crash). It is one process for all, so that MongoDB and Redis, which know no such thing, are covered.
 * @returns {{ hold: (pids: (number | undefined)[]) => void, release: () => void }}
 */
export function leash() {
  const shell = spawn("/bin/sh", ["-c", script, "sidedesk-leash"], { stdio: ["pipe", "ignore", "ignore"] });
  shell.on("error", () => undefined);
  shell.stdin.on("error", () => undefined);
  shell.unref();
  /** @type {import("node:net").Socket} */ (/** @type {unknown} */ (shell.stdin)).unref?.();
  const hold = (/** @type {(number | undefined)[]} */ pids) =>
    void shell.stdin.write(`${pids.filter(Boolean).join(" ")}\n`);
  return {
    hold,
    release: () => {
      hold([]);
      shell.stdin.end();
    },
  };
}
