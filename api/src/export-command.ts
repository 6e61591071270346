import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { SingleBar } from "cli-progress";
import { exportTickets, type ExportFormat } from "./reports/index.ts";

/** Writes all of a site's tickets to a file with a progress bar, or to the standard output without a word beside them. */
export async function exportFile(siteId: string, format: ExportFormat, file: string | undefined): Promise<number> {
  const operator = { kind: "server", siteId, keyId: "operator", name: "operator" } as const;
  const bar = new SingleBar({
    format: "{bar} {percentage}% | {value} of {total} tickets | {duration_formatted}",
    hideCursor: true,
  });
  const onProgress = file ? (tickets: number) => bar.update(tickets) : undefined;
  const { total, source } = await exportTickets(operator, {}, format, onProgress);
  if (!file) {
    await pipeline(source, process.stdout, { end: false });
    return 0;
  }
  bar.start(total, 0);
  const stop = new AbortController();
  process.once("SIGINT", () => stop.abort());
  try {
    await pipeline(source, createWriteStream(file), { signal: stop.signal });
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    process.stdout.write("\nStopped. What the file holds is not the whole.\n");
    return 1;
  } finally {
    bar.stop();
  }
  return 0;
}
