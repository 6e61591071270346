import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { until } from "./until.ts";

export interface RawSocket {
  line: Socket;
  /** Sends a text frame of these bytes, whatever they are, in one write with all others of the call. */
  say(...texts: string[]): void;
  /** Text frames that came, as far as they were read, and `close <code>` at a closing one. */
  heard: string[];
}

/** An Engine.IO connection of bare bytes: it can say what no client says, and stop reading. */
export async function openRaw(url: string, path: string): Promise<RawSocket> {
  const { hostname, port } = new URL(url);
  const line = connect(Number(port), hostname);
  line.on("error", () => undefined);
  await once(line, "connect");
  const key = randomBytes(16).toString("base64");
  line.write(
    `GET ${path} HTTP/1.1\r\nHost: ${hostname}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`,
  );
  const heard: string[] = [];
  let rest = Buffer.alloc(0);
  let isOpen = false;
  line.on("data", (bytes: Buffer) => {
    rest = Buffer.concat([rest, bytes]);
    if (!isOpen) {
      const end = rest.indexOf("\r\n\r\n");
      if (end < 0) return;
      isOpen = true;
      rest = rest.subarray(end + 4);
    }
    for (let frame = readFrame(rest); frame; frame = readFrame(rest)) {
      heard.push(
        frame.code === 8 ? `close ${frame.data.length ? frame.data.readUInt16BE(0) : ""}` : frame.data.toString(),
      );
      rest = rest.subarray(frame.length);
    }
  });
  await until(() => heard.length > 0, { what: "the server has spoken" }); // what comes before that is not heard
  return { line, heard, say: (...texts) => void line.write(Buffer.concat(texts.map(framed))) };
}

/** The first frame of what came, when it is all there. */
export function readFrame(bytes: Buffer): { code: number; data: Buffer; length: number } | undefined {
  if (bytes.length < 2) return undefined;
  const short = bytes[1]! & 127;
  const head = short === 126 ? 4 : short === 127 ? 10 : 2;
  if (bytes.length < head) return undefined;
  const size = short === 126 ? bytes.readUInt16BE(2) : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short;
  if (bytes.length < head + size) return undefined;
  return { code: bytes[0]! & 15, data: bytes.subarray(head, head + size), length: head + size };
}

/** A text as a frame: masked with zeros, which leaves the bytes as they are. */
export function framed(text: string): Buffer {
  const data = Buffer.from(text);
  const mask = Buffer.alloc(4);
  if (data.length < 126) return Buffer.concat([Buffer.from([0x81, 0x80 | data.length]), mask, data]);
  const long = data.length > 0xffff;
  const size = Buffer.alloc(long ? 8 : 2);
  if (long) size.writeBigUInt64BE(BigInt(data.length));
  else size.writeUInt16BE(data.length);
  return Buffer.concat([Buffer.from([0x81, long ? 0xff : 0xfe]), size, mask, data]);
}
