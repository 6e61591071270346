import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import PostalMime from "postal-mime";
import { expect, it } from "vitest";
import { startMailCatcher } from "./mail-catcher.js";
import { freePort } from "./ports.js";

/** Speaks SMTP by hand. @param {number} port @param {string} message */
function deliver(port, message) {
  const lines = [
    "EHLO test",
    "MAIL FROM:<desk@example.com>",
    "RCPT TO:<mara@example.com>",
    "DATA",
    `${message}\r\n.`,
    "QUIT",
  ];
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1").setEncoding("utf8");
    let transcript = "";
    socket.on("data", (text) => {
      transcript += text;
      if (/^\d{3} .*\r\n$/m.test(String(text))) socket.write(`${lines.shift() ?? ""}\r\n`);
    });
    socket.on("close", () => resolve(transcript)).on("error", reject);
  });
}

it("keeps each mail as one file, in the order in which they came", async () => {
  const folder = mkdtempSync(join(tmpdir(), "sidedesk-mail-"));
  const port = await freePort();
  const catcher = await startMailCatcher({ port, folder });
  expect(catcher.url).toBe(`smtp://127.0.0.1:${port}`);
  for (const subject of ["First", "Second"]) {
    await deliver(
      port,
      `Subject: ${subject}\r\nTo: mara@example.com\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nGrüße\r\n..dot`,
    );
  }
  const mails = await Promise.all(
    readdirSync(folder)
      .sort()
      .map((file) => new PostalMime().parse(readFileSync(join(folder, file)))),
  );
  expect(mails.map(({ subject }) => subject)).toEqual(["First", "Second"]);
  expect(mails[0]?.text).toContain("Grüße\n.dot");
  await catcher.stop();
  await expect(deliver(port, "")).rejects.toThrow("ECONNREFUSED");
});
