import type { IncomingMessage, Server as HttpServer } from "node:http";
import type { Duplex } from "node:stream";

/** What only an offer of another protocol carries. */
const ofOffer = new Set(["upgrade", "http2-settings"]);

/**
 * Answers requests beside `path` that offer another protocol as what they are without the offer. Once anybody hears
 * upgrades Node hands over every request with such an offer, and some clients make one with each first request: Java's
 * offers HTTP/2, as `curl --http2` does. A server may pass over the offer (RFC 9110, 7.8).
 */
export function passOverOffers(server: HttpServer, path: string): void {
  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (request.url?.startsWith(`${path}/`)) return; // Engine.IO's own, whatever is offered
    // Read once more, without it: by a parser of its own, which also reads the body that may follow.
    socket.unshift(Buffer.concat([plainHead(request), head]));
    server.emit("connection", socket);
  });
}

function plainHead({ method, url, httpVersion, rawHeaders }: IncomingMessage): Buffer {
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const [name, value] = [rawHeaders[at]!, rawHeaders[at + 1]!];
    if (ofOffer.has(name.toLowerCase())) continue;
    const isConnection = name.toLowerCase() === "connection";
    const kept = isConnection ? value.split(",").filter((token) => !ofOffer.has(token.trim().toLowerCase())) : [value];
    if (kept.length > 0) lines.push(`${name}: ${kept.join(",")}`);
  }
  return Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1");
}
