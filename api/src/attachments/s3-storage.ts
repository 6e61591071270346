import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { Readable } from "node:stream";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import { config } from "../core/config.ts";
import { NoSuchFile, type Storage } from "./storage.ts";

/** Objects of one bucket, under a prefix. Bytes go out of a local file and come in as a stream: neither is ever in memory. */
export function s3Storage(bucket: string, prefix: string): Storage {
  const client = new S3Client(clientOptions());
  const folder = prefix && !prefix.endsWith("/") ? `${prefix}/` : prefix;
  const at = (key: string) => ({ Bucket: bucket, Key: folder + key });
  return {
    async put(key, path, contentType) {
      const { size } = await stat(path);
      const Body = createReadStream(path);
      try {
        await client.send(new PutObjectCommand({ ...at(key), Body, ContentLength: size, ContentType: contentType }));
      } finally {
        Body.destroy();
      }
    },
    async open(key) {
      const answer = await client.send(new GetObjectCommand(at(key))).catch((error: unknown) => {
        const isGone = error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404;
        throw isGone ? new NoSuchFile(key) : error;
      });
      return answer.Body as Readable;
    },
    async remove(keys) {
      // One at a time: not every compatible server knows the command for several.
      for (const key of keys) await client.send(new DeleteObjectCommand(at(key)));
    },
    async *list(day) {
      for (let from: string | undefined; ;) {
        const Prefix = `${folder}${day}/`;
        const answer = await client.send(
          new ListObjectsV2Command({ Bucket: bucket, Prefix, ...(from ? { ContinuationToken: from } : {}) }),
        );
        for (const { Key } of answer.Contents ?? []) if (Key) yield Key.slice(folder.length);
        from = answer.NextContinuationToken;
        if (!from) return;
      }
    },
    async check() {
      await client.send(new HeadBucketCommand({ Bucket: bucket }));
    },
  };
}

function clientOptions() {
  const c = config();
  return {
    region: c.SIDEDESK_S3_REGION,
    // A compatible server seldom has a name for each bucket, and may not know the newest checksums.
    ...(c.SIDEDESK_S3_ENDPOINT ? { endpoint: c.SIDEDESK_S3_ENDPOINT, forcePathStyle: true } : {}),
    ...(c.SIDEDESK_S3_ACCESS_KEY && c.SIDEDESK_S3_SECRET_KEY
      ? { credentials: { accessKeyId: c.SIDEDESK_S3_ACCESS_KEY, secretAccessKey: c.SIDEDESK_S3_SECRET_KEY } }
      : {}),
    requestChecksumCalculation: "WHEN_REQUIRED" as const,
    responseChecksumValidation: "WHEN_REQUIRED" as const,
  };
}
