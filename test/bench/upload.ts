import { rm } from "node:fs/promises";
import { compare } from "./support/compare.ts";
import { closeDatabase, database } from "./support/database.ts";
import { prepareDesk } from "./support/desk.ts";
import type { RequestsOf } from "./support/load.ts";
import { printGoal } from "./support/print.ts";
import { filesFolder, startApi, startFloor } from "./support/processes.ts";

/*
 * Customers send files: `POST /v1/support/attachments`, a PDF of 4 MiB each, to the local disk, without a scanner. The floor
 * streams the same requests to the same disk with Koa and busboy and looks at nothing.
 */
const mebibytes = 4;
const api = await startApi("http alone", "upload_http", "http");
const desk = await prepareDesk(api, "upload_http", 16);
const floorFolder = `${filesFolder}-floor`;
const floor = await startFloor("upload_floor", floorFolder, "upload-floor.ts");

const boundary = "bench";
const content = Buffer.alloc(mebibytes * 1024 * 1024, "0123456789abcdef ");
content.write("%PDF-1.7\n");
const body = Buffer.concat([
  Buffer.from(
    `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\nContent-Type: application/pdf\r\n\r\n`,
  ),
  content,
  Buffer.from(`\r\n--${boundary}--\r\n`),
]);
const requestsOf: RequestsOf = (connection) => [
  {
    method: "POST",
    path: "/v1/support/attachments",
    headers: {
      "content-type": `multipart/form-data; boundary=${boundary}`,
      authorization: `Bearer ${desk.customers[connection % desk.customers.length]?.token}`,
    },
    body,
  },
];

/** What came in would soon fill the disk. */
const settle = async () => {
  await Promise.all(
    [filesFolder, floorFolder].map((folder) =>
      rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }),
    ),
  );
  await (await database("upload_http")).collection("attachments").deleteMany({});
  return { pending: 0, seconds: 0, mails: 0, mailSeconds: 0 };
};
const [bare, ours] = await compare(`Files of ${mebibytes} MiB, 16 connections`, [
  { ...floor, requestsOf, settle },
  { ...api, requestsOf, settle },
]);
const rate = (perSecond = 0): string => (perSecond * mebibytes).toFixed(0);
process.stdout.write(`\n  ours ${rate(ours?.perSecond)} MiB/s, floor ${rate(bare?.perSecond)} MiB/s\n`);
printGoal("against the floor", ours?.ratio ?? 0, 0.5);
printGoal("resident memory of the API while 16 files stream in, MiB", ours?.memory ?? 0, 256, true);

await Promise.all([floor.stop(), api.stop()]);
await closeDatabase();
