import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { until } from "./until.ts";

export interface Caught {
  path: string;
  method: string;
  headers: Record<string, string>;
  body: string;
  bytes: Buffer;
  at: number;
}
type Answer = (response: ServerResponse, request: Caught, raw: IncomingMessage) => void;

export interface WebhookSink {
  url: string;
  caught: Caught[];
  /** What it answers from now on, everywhere or at one path; 204 without. */
  answer(how: Answer, path?: string): void;
  /** Requests at a path, once there are so many. */
  wait(count: number, path?: string, ms?: number): Promise<Caught[]>;
  at(path: string): Caught[];
  reset(): void;
  close(): Promise<void>;
}

/** A receiver of webhooks on 127.0.0.1 that keeps what it gets. */
export async function startWebhookSink(port = 0): Promise<WebhookSink> {
  const caught: Caught[] = [];
  const answers = new Map<string, Answer>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("error", () => undefined);
    response.on("error", () => undefined);
    request.on("end", () => {
      const bytes = Buffer.concat(chunks);
      const one: Caught = {
        path: request.url ?? "",
        method: request.method ?? "",
        headers: request.headers as Record<string, string>,
        body: bytes.toString("utf8"),
        bytes,
        at: Date.now(),
      };
      caught.push(one);
      const answer = answers.get(one.path) ?? answers.get("");
      if (answer) answer(response, one, request);
      else response.writeHead(204).end();
    });
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const at = (path: string): Caught[] => caught.filter((one) => one.path === path);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    caught,
    at,
    answer: (how, path = "") => void answers.set(path, how),
    wait: (count, path, ms) =>
      until(
        () => {
          const found = path === undefined ? caught : at(path);
          return found.length >= count && [...found];
        },
        { what: `${count} requests at ${path ?? "the sink"}`, ...(ms ? { ms } : {}) },
      ),
    reset: () => {
      caught.length = 0;
      answers.clear();
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Answers with a status and perhaps headers. */
export const status =
  (code: number, headers: Record<string, string> = {}): Answer =>
  (response) =>
    void response.writeHead(code, headers).end();
