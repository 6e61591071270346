import { randomUUID } from "node:crypto";
import type { Server } from "node:http";
import type { Socket } from "node:net";
import { AppError } from "../errors.ts";
import { problemOf } from "./problems.ts";

/** What Node's parser refuses before Koa sees it: headers or an address beyond its 16 KiB, or no HTTP at all. */
export function answerClientErrors(server: Server): void {
  server.on("clientError", (error: Error & { code?: string }, stream) => {
    const socket = stream as Socket;
    if (error.code === "ECONNRESET" || !socket.writable) return void socket.destroy();
    const isLong = error.code === "HPE_HEADER_OVERFLOW";
    const problem = isLong
      ? new AppError("payload_too_large", "Address and headers together may have 16 KiB.")
      : new AppError("validation_failed", "This is not a request that HTTP knows.");
    const body = JSON.stringify(problemOf(problem, randomUUID()));
    const head = [
      `HTTP/1.1 ${isLong ? "413 Payload Too Large" : "400 Bad Request"}`,
      "Content-Type: application/problem+json",
      `Content-Length: ${Buffer.byteLength(body)}`,
      "Connection: close",
    ];
    socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
  });
}
