import { once } from "node:events";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { gzipSync } from "node:zlib";
import { SMTPServer } from "smtp-server";

/** A receiver that misbehaves, and what class of end an attempt there comes to. */
export interface HostileHost {
  name: string;
  url: string;
  ends: string;
  /** Bytes that the other side took from it. */
  sent(): number;
}
export interface HostileHosts {
  all: HostileHost[];
  close(): Promise<void>;
}

type Behave = (socket: Socket) => void;
const ok = "HTTP/1.1 200 OK\r\n";

/** Writes for as long as somebody takes it, up to so many bytes. */
function pour(socket: Socket, chunk: Buffer, most: number): void {
  let written = 0;
  const more = (): void => {
    while (written < most && !socket.destroyed) {
      written += chunk.length;
      if (!socket.write(chunk)) return;
    }
  };
  socket.on("drain", more);
  more();
}
function drip(socket: Socket, bytes: string): void {
  const timer = setInterval(() => socket.write(bytes), 1000);
  socket.on("close", () => clearInterval(timer));
}

const mib = 1024 * 1024;
const bomb = gzipSync(Buffer.alloc(200 * mib), { level: 9 });
const behaviours: [name: string, ends: string, behave: Behave, protocol?: "https"][] = [
  ["never answers", "timeout", () => undefined],
  ["drips a head", "timeout", (socket) => (socket.write(`${ok}x: `), drip(socket, "y"))],
  ["drips a body", "timeout", (socket) => (socket.write(`${ok}content-length: 999\r\n\r\n`), drip(socket, "y"))],
  ["answers 500 MB", "success", (socket) => (socket.write(`${ok}\r\n`), pour(socket, Buffer.alloc(mib), 500 * mib))],
  [
    "answers a gzip bomb",
    "success",
    (socket) => {
      socket.write(`${ok}content-encoding: gzip\r\ncontent-length: ${bomb.length}\r\n\r\n`);
      socket.write(bomb);
    },
  ],
  [
    "storms with 103",
    "protocol",
    (socket) => pour(socket, Buffer.from("HTTP/1.1 103 Early Hints\r\n\r\n".repeat(1000)), 500 * mib),
  ],
  ["switches protocols", "broken", (socket) => socket.write("HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\n\r\n")],
  [
    "has no end of a head",
    "protocol",
    (socket) => (socket.write(ok), pour(socket, Buffer.from(`x: ${"y".repeat(999)}\r\n`), mib)),
  ],
  ["speaks something else", "protocol", (socket) => socket.end("SSH-2.0-OpenSSH_9.7\r\n")],
  ["hangs up", "broken", (socket) => socket.destroy()],
  ["hangs up in mid-answer", "broken", (socket) => socket.end(`${ok}content-length: 999\r\n\r\nonly this`)],
  ["speaks plainly where TLS is due", "tls", (socket) => socket.end(`${ok}\r\n`), "https"],
];

/** Receivers on 127.0.0.1 of every bad kind. */
export async function startHostileHosts(): Promise<HostileHosts> {
  const servers: Server[] = [];
  const open = new Set<Socket>();
  const hold = (socket: Socket): void => {
    open.add(socket.on("error", () => undefined));
    socket.on("close", () => open.delete(socket));
  };
  async function start(server: Server): Promise<number> {
    servers.push(server.listen(0, "127.0.0.1"));
    await once(server, "listening");
    return (server.address() as AddressInfo).port;
  }
  const all: HostileHost[] = [];
  for (const [name, ends, behave, protocol = "http"] of behaviours) {
    let sent = 0;
    const server = createServer((socket) => {
      hold(socket);
      socket.on("close", () => (sent += socket.bytesWritten - socket.writableLength));
      socket.once("data", () => behave(socket));
    });
    all.push({ name, ends, url: `${protocol}://127.0.0.1:${await start(server)}/`, sent: () => sent });
  }
  // Without a certificate no handshake comes to an end.
  const bare = createTlsServer({})
    .on("connection", hold)
    .on("tlsClientError", () => undefined);
  all.push({ name: "has no certificate", ends: "tls", url: `https://127.0.0.1:${await start(bare)}/`, sent: () => 0 });
  // And with the certificate that smtp-server brings along, it does for whoever asks nobody to vouch for it.
  const unknown = new SMTPServer({ secure: true, disableReverseLookup: true });
  unknown.on("error", () => undefined);
  unknown.listen(0, "127.0.0.1");
  await once(unknown.server, "listening");
  const { port } = unknown.server.address() as AddressInfo;
  all.push({ name: "has one of its own making", ends: "tls", url: `https://127.0.0.1:${port}/`, sent: () => 0 });
  return {
    all,
    async close() {
      await new Promise<void>((resolve) => unknown.close(resolve));
      for (const socket of open) socket.destroy();
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}
