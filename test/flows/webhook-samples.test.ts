import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { createHmac } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "@sidedesk/local/ports";
import { samples } from "@sidedesk/webhook-view/samples";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { until } from "../support/until.ts";
import { startWebhookStand, type WebhookStand } from "../support/webhook-stand.ts";

/** What runs a sample, as its first line says. */
const commands: Record<string, (file: string, port: number) => [command: string, ...args: string[]]> = {
  Node: (file) => [process.execPath, file],
  Python: (file) => ["python3", file],
  PHP: (file, port) => ["php", "-S", `127.0.0.1:${port}`, file],
  Go: (file) => ["go", "run", file],
};
const isThere = (language: string): boolean => {
  const [command] = commands[language]!("", 0);
  return spawnSync(command, [command === "go" ? "version" : "--version"]).status === 0;
};
const folder = mkdtempSync(join(tmpdir(), "sidedesk-samples-"));
const children: ChildProcess[] = [];
let stand: WebhookStand;

beforeAll(async () => {
  stand = await startWebhookStand();
  await stand.fresh();
});
afterAll(async () => {
  // `go run` has a child of its own: the whole group goes.
  for (const { pid, exitCode } of children) if (pid && exitCode === null) process.kill(-pid, "SIGKILL");
  await stand?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Node is always there; the others where somebody has installed them. */
describe.each(samples.filter(({ language }) => isThere(language)))(
  "W2 the sample for $language",
  ({ code, file, language }) => {
    it("takes what the desk signs, and refuses what is forged, changed or old", { timeout: 120_000 }, async () => {
      const port = await freePort();
      const url = `http://127.0.0.1:${port}/desk`;
      const made = await stand.app.post("/v1/webhooks", { as: stand.owner, body: { url, events: ["ticket.created"] } });
      const { id, secret } = made.body as { id: string; secret: string };
      const path = join(folder, file);
      writeFileSync(path, code);
      const [command, ...args] = commands[language]!(path, port);
      const env = { ...process.env, WEBHOOK_SECRET: secret, PORT: String(port) };
      const child = spawn(command, args, { env, stdio: ["ignore", "ignore", "pipe"], detached: true });
      children.push(child);
      let said = "";
      child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
      const send = async (headers: Record<string, string>, body: string): Promise<number> =>
        (await fetch(url, { method: "POST", headers, body })).status;
      const isUp = () => {
        if (child.exitCode !== null) throw new Error(`${file} ended: ${said}`);
        return send({}, "{}").catch(() => 0);
      };
      await until(async () => (await isUp()) === 400, { what: `${file} to listen`, ms: 100_000 });

      await stand.app.post(`/v1/webhooks/${id}/test`, { as: stand.owner });
      const endpoint = { id, secret, url, path: "/desk" };
      const { attempts } = await stand.delivered(stand.owner, endpoint, "succeeded");
      const [attempt] = attempts as { status: number; request: { headers: Record<string, string>; body: string } }[];
      expect(attempt!.status).toBe(204);

      const { headers, body } = attempt!.request;
      expect(await send(headers, body)).toBe(204);
      expect(await send(headers, body.replace("test", "best"))).toBe(400);
      expect(await send({ ...headers, "webhook-id": "another" }, body)).toBe(400);
      expect(await send({ ...headers, "webhook-signature": "v1,AAAA v2,BBBB" }, body)).toBe(400);
      const key = Buffer.from(secret.slice("whsec_".length), "base64");
      const signedAt = (time: number, by = key): Record<string, string> => {
        const signature = createHmac("sha256", by).update(`${headers["webhook-id"]}.${time}.${body}`).digest("base64");
        return { ...headers, "webhook-timestamp": String(time), "webhook-signature": `v1,${signature}` };
      };
      const now = Math.floor(Date.now() / 1000);
      expect(await send(signedAt(now - 3600), body)).toBe(400);
      expect(await send(signedAt(now, Buffer.from("somebody else")), body)).toBe(400);
      // While two secrets sign, either is enough.
      const both = signedAt(now);
      expect(await send({ ...both, "webhook-signature": `v1,AAAA ${both["webhook-signature"]}` }, body)).toBe(204);
    });
  },
);
