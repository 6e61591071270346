import { randomBytes } from "node:crypto";
import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const largest = 25 * 1024 * 1024;

/**
 * A mail server that delivers nothing and keeps everything: each message becomes one `.eml` file, whole or not at all.
 * @param {{ port: number, folder: string }} options
 */
export async function startMailCatcher({ port, folder }) {
  const { SMTPServer } = await import("smtp-server");
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    disableReverseLookup: true,
    size: largest,
    logger: false,
    onData(stream, _session, done) {
      /** @type {Buffer[]} */
      const chunks = [];
      stream.on("data", (chunk) => chunks.push(chunk));
      stream.on("error", done);
      stream.on("end", () => {
        if (stream.sizeExceeded)
          return done(Object.assign(new Error("Message exceeds the fixed maximum size"), { responseCode: 552 }));
        try {
          keep(folder, Buffer.concat(chunks));
          done();
        } catch (error) {
          done(error instanceof Error ? error : new Error(String(error)));
        }
      });
    },
  });
  server.on("error", () => undefined); // a client that breaks off is its own problem
  await new Promise((resolve, reject) => {
    server.server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve(undefined));
  });
  return {
    url: `smtp://127.0.0.1:${port}`,
    stop: () => new Promise((resolve) => server.close(() => resolve(undefined))),
  };
}

/** Sorted by name is sorted by time. @param {string} folder @param {Buffer} message */
function keep(folder, message) {
  const name = `${new Date().toISOString().replaceAll(":", "-")}-${randomBytes(4).toString("hex")}.eml`;
  const draft = join(folder, `.${name}`);
  writeFileSync(draft, message, { mode: 0o600 });
  renameSync(draft, join(folder, name));
}
