import type { Readable } from "node:stream";
import { config } from "../core/config.ts";

/**
 * Where bytes lie. Keys are `<day>/<id>[.preview]`, made here and never by a caller; a day's keys can be listed, so that
 * what belongs to no document is found without looking through everything.
 */
export interface Storage {
  /** Takes over a finished local file, whole or not at all; the file may be gone afterwards. */
  put(key: string, path: string, contentType: string): Promise<void>;
  /** The bytes, once the storage has said that they are there. @throws NoSuchFile, or whatever keeps the storage from answering */
  open(key: string): Promise<Readable>;
  /** What is not there is fine. */
  remove(keys: readonly string[]): Promise<void>;
  /** All keys of one day, `2026-11-21`. */
  list(day: string): AsyncIterable<string>;
  /** @throws whatever is wrong with it, for health and doctor */
  check(): Promise<void>;
}

export class NoSuchFile extends Error {}

let current: { of: string; storage: Promise<Storage> } | undefined;

/** The storage that SIDEDESK_STORAGE names. Its module is loaded at the first use: most processes need one of the two. */
export function storage(): Promise<Storage> {
  const { SIDEDESK_STORAGE: where } = config();
  if (current?.of !== where) current = { of: where, storage: openStorage(where) };
  return current.storage;
}

async function openStorage(where: string): Promise<Storage> {
  const bucket = /^s3:\/\/([^/]+)(?:\/(.*))?$/.exec(where);
  if (bucket) return (await import("./s3-storage.ts")).s3Storage(bucket[1] ?? "", bucket[2] ?? "");
  return (await import("./disk-storage.ts")).diskStorage(where.replace(/^file:(\/\/)?/, ""));
}

export const dayOf = (time: Date): string => time.toISOString().slice(0, 10);
