import { readdirSync, readFileSync } from "node:fs";
import { get, type IncomingMessage } from "node:http";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { brotliDecompressSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { startTestApp } from "../support/app.ts";
import { type BundleSizes, bundleSizes } from "../support/bundle-sizes.ts";
import { top } from "../support/source-files.ts";

const kilobyte = 1024;

describe("the built widget", () => {
  let sizes: BundleSizes;
  beforeAll(() => {
    sizes = bundleSizes(); // fails, with what to do, when there is nothing to measure
  });

  it("has a loader of at most 2 KB", () => expect(sizes.loader).toBeLessThanOrEqual(2 * kilobyte));
  it("shows launcher, bell and count with at most 25 KB", () =>
    expect(sizes.launcher).toBeLessThanOrEqual(25 * kilobyte));
  it("is at most 45 KB as a whole, realtime included", () => {
    expect(sizes.whole).toBeLessThanOrEqual(45 * kilobyte);
    // What is measured is all of it: with less than Lit and socket.io-client something was left out.
    expect(sizes.whole).toBeGreaterThan(sizes.launcher + 15 * kilobyte);
  });

  it("is sent as small as it is measured, and whole to who takes it only so", async () => {
    const app = await startTestApp();
    const folder = join(top, "widget/dist/modules");
    const take = async (
      name: string,
      encoding: string,
    ): Promise<[headers: IncomingMessage["headers"], body: Buffer]> => {
      const answer = await new Promise<IncomingMessage>((resolve, reject) =>
        get(`${app.url}/widget/${name}`, { headers: { "accept-encoding": encoding } }, resolve).on("error", reject),
      );
      return [answer.headers, await buffer(answer)];
    };
    try {
      for (const name of readdirSync(folder).filter((one) => /^(embed|desk|de)-[\w-]+\.js$/.test(one))) {
        const plain = readFileSync(join(folder, name));
        const [packed, bytes] = await take(name, "gzip, deflate, br");
        expect(packed).toMatchObject({
          "content-encoding": "br",
          "content-type": expect.stringContaining("javascript"),
          "cache-control": expect.stringContaining("immutable"),
          vary: expect.stringMatching(/accept-encoding/i),
        });
        expect(bytes.equals(readFileSync(join(folder, `${name}.br`)))).toBe(true);
        expect(brotliDecompressSync(bytes).equals(plain)).toBe(true);
        const [whole, all] = await take(name, "identity");
        expect([whole["content-encoding"], all.equals(plain)]).toEqual([undefined, true]);
        expect(whole.etag).not.toBe(packed.etag);
      }
    } finally {
      await app.close();
    }
  });

  it("carries no validator, and nothing that a strict policy forbids", () => {
    const folder = join(top, "widget/dist/modules");
    const texts = [
      join(top, "widget/dist/widget.js"),
      ...readdirSync(folder)
        .filter((name) => name.endsWith(".js"))
        .map((name) => join(folder, name)),
    ].map((file) => readFileSync(file, "utf8"));
    expect(texts.filter((text) => /ZodError|\$ZodType/.test(text))).toEqual([]);
    expect(
      texts.filter((text) => /\beval\(|new Function\(|document\.write\(|\.insertAdjacentHTML\(/.test(text)),
    ).toEqual([]);
  });
});
