import Bull from "bull";
import { createServer } from "node:http";
import { Agent, request } from "undici";

/*
 * The floor of `webhooks`: Bull hands out jobs and undici posts their bodies, with as many at a time as ours has. No state is
 * kept beside Redis, nothing is signed, looked up or logged.
 */
const dispatcher = new Agent({ connections: 5, pipelining: 1 });
const queue = new Bull<{ url: string; body: string }>("floor", process.env["TEST_REDIS_URL"] ?? "");
void queue.process(128, async ({ data: { url, body } }) => {
  const headers = { "content-type": "application/json" };
  const answer = await request(url, { method: "POST", headers, body, dispatcher });
  await answer.body.dump();
});
await queue.isReady();
createServer((_request, response) => response.end("ready")).listen(Number(process.env["PORT"]), "127.0.0.1");
process.once("SIGTERM", () => process.exit(0));
