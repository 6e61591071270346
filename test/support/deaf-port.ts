import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { sleep } from "./core.ts";

/** A port at which nobody ever answers the call: its listener is frozen, and the kernel's queue before it is full. */
export async function startDeafPort(): Promise<{ port: number; close(): Promise<void> }> {
  const script = `
    const server = require("node:net").createServer();
    server.listen({ port: 0, host: "127.0.0.1", backlog: 1 }, () => process.send(server.address().port));`;
  const child = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "ignore", "ignore", "ipc"] });
  const [port] = (await once(child, "message")) as [number];
  child.kill("SIGSTOP");
  const callers: Socket[] = [];
  for (let isTaken = true; isTaken;) {
    const caller = connect(port, "127.0.0.1").on("error", () => undefined);
    callers.push(caller);
    isTaken = await Promise.race([once(caller, "connect").then(() => true), sleep(500).then(() => false)]);
  }
  return {
    port,
    async close() {
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
      for (const caller of callers) caller.destroy();
    },
  };
}
