import { deflateRawSync } from "node:zlib";
import sharp from "sharp";
import type { Reply, TestApp } from "./app.ts";

/** Sends one file in as a browser would. */
export async function upload(
  app: TestApp,
  as: string | { token: string } | undefined,
  content: Uint8Array | string,
  name = "notes.txt",
  options: { type?: string; headers?: Record<string, string> } = {},
): Promise<Reply> {
  const form = new FormData();
  form.append("file", new Blob([content as BlobPart], { type: options.type ?? "application/octet-stream" }), name);
  const encoded = new Response(form);
  return app.post("/v1/support/attachments", {
    as,
    raw: Buffer.from(await encoded.arrayBuffer()),
    headers: { "content-type": encoded.headers.get("content-type") ?? "", ...options.headers },
  });
}

/** An image with noise in it, so that its size is that of a photo. */
export const picture = (
  format: "png" | "jpeg" | "gif" | "webp",
  { width = 800, height = 600, exif = false } = {},
): Promise<Buffer> => {
  // Finding the 256 colours of noise takes long.
  const [w, h] = format === "gif" ? [80, 60] : [width, height];
  const noise = sharp({
    create: { width: w, height: h, channels: 3, background: "#888", noise: { type: "gaussian", mean: 128, sigma: 30 } },
  });
  const tagged = exif ? noise.withExif({ IFD0: { Artist: "Mara Lindqvist", Make: "Tarncam" } }) : noise;
  return tagged.toFormat(format).toBuffer();
};

/** A ZIP archive of files given by name; `claims` lies about how large the first one is unpacked. */
export function zip(files: Record<string, Buffer | string>, claims?: number): Buffer {
  const parts: Buffer[] = [];
  const table: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    const data = Buffer.from(content);
    const packed = deflateRawSync(data);
    const size = claims ?? data.length;
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(20, 4);
    head.writeUInt16LE(8, 8);
    head.writeUInt32LE(packed.length, 18);
    head.writeUInt32LE(size, 22);
    head.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(20, 6);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(size, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(offset, 42);
    parts.push(head, Buffer.from(name), packed);
    table.push(entry, Buffer.from(name));
    offset += head.length + name.length + packed.length;
  }
  const contents = Buffer.concat(table);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(files).length, 8);
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(contents.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, contents, end]);
}

export const office = (kind: "word" | "xl", more: Record<string, string> = {}): Buffer =>
  zip({
    "[Content_Types].xml": "<Types/>",
    [kind === "word" ? "word/document.xml" : "xl/workbook.xml"]: "<x/>",
    ...more,
  });
