import { randomUUID } from "node:crypto";
import { createWriteStream, mkdirSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import busboy from "busboy";
import Koa from "koa";

/*
 * The floor of upload: bare Koa and busboy stream the file to the same disk and answer its size. No caller, no limits, no
 * look at what it is, no hash, no database.
 */
const folder = process.env["FLOOR_TEMPLATES"] ?? "";
mkdirSync(folder, { recursive: true });
const app = new Koa();
app.use(async (ctx) => {
  if (ctx.path === "/ready") return void (ctx.body = "ready");
  const parser = busboy({ headers: ctx.req.headers });
  const written = new Promise<number>((resolve, reject) => {
    parser.on("file", (_field, stream) => {
      mkdirSync(folder, { recursive: true });
      const file = createWriteStream(join(folder, randomUUID()));
      pipeline(stream, file).then(() => resolve(file.bytesWritten), reject);
    });
    parser.on("error", reject);
  });
  ctx.req.pipe(parser);
  ctx.status = 201;
  ctx.body = { id: randomUUID(), size: await written };
});
app.listen(Number(process.env["PORT"]), "127.0.0.1");
