import { createHash, createHmac } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, request, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import S3rver from "s3rver";

/** The account of {@link startS3}. */
export const s3Account = { accessKey: "S3RVER", secretKey: "S3RVER" };

export interface TestS3 {
  url: string;
  /** Where the objects of its one bucket, `desk`, lie. */
  folder: string;
  close(): Promise<void>;
}

/**
 * An S3-compatible server (s3rver). It takes any signature of version 4, so whoever asks comes past a guard that
 * calculates the signature anew and answers 403 when it is another one.
 */
export async function startS3(): Promise<TestS3> {
  const directory = await mkdtemp(join(tmpdir(), "sidedesk-s3-"));
  const inner = new S3rver({
    address: "127.0.0.1",
    port: 0,
    silent: true,
    directory,
    vhostBuckets: false,
    configureBuckets: [{ name: "desk" }],
  });
  const { port } = await inner.run();
  const guard = createServer((incoming, answer) => {
    if (!isSigned(incoming)) {
      incoming.resume();
      answer.writeHead(403, { "content-type": "application/xml" });
      return void answer.end("<Error><Code>SignatureDoesNotMatch</Code></Error>");
    }
    const { method = "GET", url = "/", headers } = incoming;
    const onward = request({ port, method, path: url, headers }, (reply) => {
      answer.writeHead(reply.statusCode ?? 500, reply.headers);
      reply.pipe(answer);
    });
    onward.on("error", () => answer.destroy());
    incoming.pipe(onward);
  });
  guard.listen(0, "127.0.0.1");
  await once(guard, "listening");
  return {
    url: `http://127.0.0.1:${(guard.address() as AddressInfo).port}`,
    folder: join(directory, "desk"),
    async close() {
      guard.closeAllConnections();
      guard.close();
      await inner.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

const hmac = (key: string | Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();
const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** AWS Signature Version 4, header form. */
function isSigned({ method, url = "/", headers }: IncomingMessage): boolean {
  const parts =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? "",
    );
  if (!parts) return false;
  const [, account, day = "", region = "", names = "", given] = parts;
  const time = String(headers["x-amz-date"]);
  const { pathname, search } = new URL(url, "http://x");
  const query = search
    .slice(1)
    .split("&")
    .filter(Boolean)
    .map((one) => (one.includes("=") ? one : `${one}=`))
    .sort()
    .join("&");
  const signed = names.split(";");
  if (!signed.includes("host") || !signed.includes("x-amz-content-sha256")) return false;
  const lines = signed
    .map(
      (name) =>
        `${name}:${String(headers[name] ?? "")
          .trim()
          .replace(/ +/g, " ")}\n`,
    )
    .join("");
  const canonical = [method, pathname, query, lines, names, headers["x-amz-content-sha256"]].join("\n");
  const scope = `${day}/${region}/s3/aws4_request`;
  const toSign = ["AWS4-HMAC-SHA256", time, scope, sha256(canonical)].join("\n");
  const key = ["s3", "aws4_request"].reduce(hmac, hmac(hmac(`AWS4${s3Account.secretKey}`, day), region));
  return account === s3Account.accessKey && time.startsWith(day) && hmac(key, toSign).toString("hex") === given;
}
