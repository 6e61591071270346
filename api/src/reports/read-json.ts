import { createReadStream } from "node:fs";
import { largestRecord, newScanner, tooLong } from "./scan-json.ts";

export type JsonRecord = Record<string, unknown>;
/** A record of a JSON file with the list it stands in, or what is wrong with one. `bytes` is how far the file was read. */
export type JsonRow =
  { bytes: number; list: string | null; record: JsonRecord; size: number } | { bytes: number; problem: string };

const newline = 0x0a;

/** Whether a file is JSON, by how it begins. */
export async function isJson(file: string): Promise<boolean> {
  let head = "";
  for await (const chunk of createReadStream(file, { encoding: "utf8", end: 1023 }) as AsyncIterable<string>)
    head += chunk;
  return /^\ufeff?\s*[[{]/.test(head);
}

/**
 * Reads the records of a JSON file one by one, holding no more than one of them: a document (an array, or an object with
 * lists) or lines of JSON. A line that is broken is passed over; a document that breaks ends there.
 */
export async function* readJson(source: AsyncIterable<Buffer>): AsyncGenerator<JsonRow> {
  const chunks = source[Symbol.asyncIterator]();
  const head: Buffer[] = [];
  let size = 0;
  // The first line says which it is.
  for (let isWhole = false; !isWhole && size <= largestRecord;) {
    const next = await chunks.next();
    if (next.done) break;
    head.push(next.value);
    size += next.value.length;
    isWhole = hasLine(next.value);
  }
  const read = Buffer.concat(head);
  const rest = async function* (): AsyncGenerator<Buffer> {
    yield withoutMark(read);
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
  };
  try {
    yield* isLines(withoutMark(read)) ? readLines(rest()) : readDocument(rest());
  } finally {
    await chunks.return?.();
  }
}

export const readJsonFile = (file: string): AsyncGenerator<JsonRow> =>
  readJson(createReadStream(file) as AsyncIterable<Buffer>);

const hasLine = (chunk: Buffer): boolean => chunk.includes(newline);
const withoutMark = (head: Buffer): Buffer => (head[0] === 0xef && head[1] === 0xbb ? head.subarray(3) : head);

/** A whole object, and something behind it on another line. */
function isLines(head: Buffer): boolean {
  const text = head.toString().trimStart();
  const end = text.indexOf("\n");
  return end > 0 && text.startsWith("{") && parse(text.slice(0, end)) !== undefined;
}

async function* readLines(source: AsyncIterable<Buffer>): AsyncGenerator<JsonRow> {
  let bytes = 0;
  let held: Buffer[] = [];
  let size = 0;
  const take = (): JsonRow[] => {
    const isTooLong = size > largestRecord;
    const text = isTooLong ? "" : Buffer.concat(held).toString().trim();
    [held, size] = [[], 0];
    if (isTooLong) return [{ bytes, problem: tooLong }];
    return text ? recordsOf(parse(text), { bytes, size: text.length }) : [];
  };
  for await (const chunk of source) {
    bytes += chunk.length;
    let start = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, start)) {
      size += end - start;
      if (size <= largestRecord) held.push(chunk.subarray(start, end));
      yield* take();
      start = end + 1;
    }
    size += chunk.length - start;
    if (size <= largestRecord) held.push(chunk.subarray(start));
    else held = [];
  }
  yield* take();
}

/** A line may hold a record, or a page of an API's answer with lists of them. */
function recordsOf(value: unknown, at: { bytes: number; size: number }): JsonRow[] {
  if (!isRecord(value)) return [{ bytes: at.bytes, problem: "This line is not JSON." }];
  const lists = ["tickets", "users", "results"].filter((name) => Array.isArray(value[name]));
  if (lists.length === 0) return [rowOf(value, null, at)];
  return lists.flatMap((name) =>
    (value[name] as unknown[]).map((one) => rowOf(one, name === "results" ? null : name, at)),
  );
}

async function* readDocument(source: AsyncIterable<Buffer>): AsyncGenerator<JsonRow> {
  const scanner = newScanner();
  let bytes = 0;
  for await (const chunk of source) {
    bytes += chunk.length;
    for (const found of scanner.feed(chunk))
      yield "problem" in found
        ? { bytes, ...found }
        : rowOf(parse(found.text), found.list, { bytes, size: found.text.length });
  }
  for (const found of scanner.end()) if ("problem" in found) yield { bytes, ...found };
}

const rowOf = (value: unknown, list: string | null, { bytes, size }: { bytes: number; size: number }): JsonRow =>
  isRecord(value) ? { bytes, list, record: value, size } : { bytes, problem: "This is not JSON." };

const isRecord = (value: unknown): value is JsonRecord =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
