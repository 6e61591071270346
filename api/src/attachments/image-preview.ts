import { AppError } from "../core/errors.ts";
import { log } from "../core/log.ts";

/** Longest side of a preview. */
const previewSide = 640;
/** More than the largest cameras make; what is beyond is a bomb or a map. */
const mostPixels = 64_000_000;
const atOnce = 2;

let running = 0;
const waiting: (() => void)[] = [];

/**
 * Decodes all of an image and writes a small copy of its first frame, upright and without metadata.
 * @throws AppError 422 when it is damaged, cut off or has too many pixels
 */
export async function makePreview(path: string, to: string): Promise<void> {
  while (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
  running++;
  try {
    const { default: sharp } = await import("sharp");
    sharp.cache(false);
    sharp.concurrency(1);
    await sharp(path, { failOn: "truncated", limitInputPixels: mostPixels, sequentialRead: true })
      .autoOrient()
      .resize(previewSide, previewSide, { fit: "inside", withoutEnlargement: true })
      .webp({ quality: 80 })
      .toFile(to);
  } catch (error) {
    log.debug({ err: error }, "an image could not be read");
    const isLarge = error instanceof Error && /pixel limit/i.test(error.message);
    throw new AppError(
      "unreadable_file",
      isLarge ? "This image has more pixels than we open." : "This image is damaged or cut off.",
    );
  } finally {
    running--;
    waiting.shift()?.();
  }
}
