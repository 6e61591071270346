import { once } from "node:events";
import { createServer, request as open, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { AppError } from "../errors.ts";
import { readUpload, type IncomingFile } from "./upload.ts";

let server: Server;
let url: string;
let answer: (request: IncomingMessage) => Promise<unknown>;
/** What is kept at the moment, as a storage would. */
const kept = new Set<string>();

async function receive({ name, stream }: IncomingFile): Promise<string> {
  kept.add(name);
  try {
    for await (const chunk of stream) void chunk;
    return name;
  } catch (error) {
    kept.delete(name);
    throw error;
  }
}
const discard = async (name: string): Promise<void> => void kept.delete(name);

beforeAll(async () => {
  server = createServer((request, response) => {
    answer(request).then(
      (body) => response.end(JSON.stringify(body)),
      (error: unknown) => {
        response.statusCode = error instanceof AppError ? error.status : 500;
        response.end(
          JSON.stringify({ detail: String(error), errors: error instanceof AppError && error.extra.errors }),
        );
      },
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());
beforeEach(() => {
  kept.clear();
  answer = (request) => readUpload(request, 1000, receive, discard);
});

const form = (...parts: [string, string | Blob, string?][]): FormData => {
  const body = new FormData();
  for (const [field, value, name] of parts)
    if (typeof value === "string") body.append(field, value);
    else body.append(field, value, name ?? "a.txt");
  return body;
};
const send = async (body: FormData | string, headers: Record<string, string> = {}) => {
  const reply = await fetch(url, { method: "POST", body, headers });
  const { errors, ...rest } = (await reply.json()) as { errors?: { path: string }[]; fingerprint?: { size: number } };
  return { status: reply.status, at: errors?.[0]?.path, ...rest };
};

describe("a multipart upload", () => {
  it("is streamed to whoever receives it, with its name as sent", async () => {
    const sent = await send(form(["file", new Blob(["x".repeat(1000)]), "Ünï/../c.txt"]));
    expect(sent).toMatchObject({ status: 200, received: "Ünï/../c.txt", fingerprint: { size: 1000 } });
  });

  it.each([
    ["one byte too many", form(["file", new Blob(["x".repeat(1001)])]), 413, undefined],
    ["far too many", form(["file", new Blob(["x".repeat(3_000_000)])]), 413, undefined],
    ["another field", form(["other", "x"]), 400, "other"],
    ["a file in another field", form(["data", new Blob(["x"])]), 400, "data"],
    ["a field after the file", form(["file", new Blob(["x"])], ["note", "x"]), 400, "note"],
    ["two files", form(["file", new Blob(["x"])], ["file", new Blob(["y"]), "b.txt"]), 400, "file"],
    ["no file", form(), 400, "file"],
  ] as const)("with %s is refused and leaves nothing", async (_what, body, status, at) => {
    expect(await send(body)).toMatchObject({ status, at });
    expect(kept.size).toBe(0);
  });

  it.each([
    ["json", "{}", { "content-type": "application/json" }, 415],
    ["no boundary", "x", { "content-type": "multipart/form-data" }, 400],
    [
      "no end",
      "--b\r\nContent-Disposition: form-data; name=file; filename=a\r\n\r\nabc",
      { "content-type": "multipart/form-data; boundary=b" },
      400,
    ],
    [
      "a header that is none, and no end",
      "--b\r\nbroken header line\r\n\r\nabc",
      { "content-type": "multipart/form-data; boundary=b" },
      400,
    ],
    [
      "NUL in a file's name",
      `--b\r\nContent-Disposition: form-data; name=file; filename="a\0.txt"\r\n\r\n${"x".repeat(300_000)}`,
      { "content-type": "multipart/form-data; boundary=b" },
      400,
    ],
  ] as const)("with %s is refused", async (_what, body, headers, status) => {
    expect((await send(body, headers)).status).toBe(status);
    expect(kept.size).toBe(0);
  });

  it("answers at once when the receiver refuses, though the bytes are still coming", async () => {
    answer = (request) =>
      readUpload(request, 10_000_000, () => Promise.reject(new AppError("unavailable", "No scanner.")), discard);
    expect((await send(form(["file", new Blob(["x".repeat(5_000_000)])]))).status).toBe(503);
    answer = (request) => readUpload(request, 1000, receive, discard);
    expect((await send(form(["file", new Blob(["x"])]))).status).toBe(200);
  });

  it("leaves nothing when the line is cut half-way", async () => {
    const ended = new Promise((resolve) => {
      answer = (request) => readUpload(request, 100_000, receive, discard).catch(resolve);
    });
    const cut = open(url, {
      method: "POST",
      headers: { "content-type": "multipart/form-data; boundary=b", "content-length": "90000" },
    });
    cut.on("error", () => undefined);
    cut.write("--b\r\nContent-Disposition: form-data; name=file; filename=a\r\n\r\nabc");
    while (kept.size === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    cut.destroy();
    expect(await ended).toBeInstanceOf(AppError);
    expect(kept.size).toBe(0);
  });
});
