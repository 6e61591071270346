import type { Readable } from "node:stream";
import { z } from "zod";

/** What a route answers with; `send` turns it into a response. Plain data, so that a repeat key can keep it (but for `stream`, which only GET has). */
export interface Answer {
  status: 200 | 201 | 202 | 204;
  body?: unknown;
  headers?: Record<string, string>;
  /** Bytes instead of JSON. */
  stream?: { source: Readable; type: string; length?: number | undefined };
}

export const ok = (body: unknown, headers?: Record<string, string>): Answer => ({
  status: 200,
  body,
  ...(headers ? { headers } : {}),
});
export const created = (body: unknown): Answer => ({ status: 201, body });
export const accepted = (body: unknown): Answer => ({ status: 202, body });
export const noContent = (): Answer => ({ status: 204 });

/**
 * Answers with bytes as `source` gives them, never buffered: back-pressure reaches it, and it is destroyed when the caller
 * goes away. When it fails half-way the connection breaks off, so that nobody takes half for the whole. The route says
 * `output: bytes` and `streams: [<its types>]`.
 * @param how.type the Content-Type, whole: no charset is added
 * @param how.length bytes, where known; without, the answer is chunked (and compressed, for a type where that helps)
 */
export const streamed = (
  source: Readable,
  how: { type: string; length?: number; headers?: Record<string, string> },
): Answer => ({
  status: 200,
  stream: { source, type: how.type, length: how.length },
  ...(how.headers ? { headers: how.headers } : {}),
});

/** The `output` of a route that answers with {@link streamed}. */
export const bytes = z.string().meta({ description: "The bytes", format: "binary" });
