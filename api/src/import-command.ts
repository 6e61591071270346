import { SingleBar } from "cli-progress";
import { importTickets } from "./reports/index.ts";

/** Imports a file of tickets with a progress bar; rejected rows are listed with their lines (of JSON: which ticket it is). @returns 1 when rows were rejected. */
export async function importFile(siteId: string, file: string): Promise<number> {
  const stop = new AbortController();
  process.once("SIGINT", () => stop.abort());
  const bar = new SingleBar({
    format: "{bar} {percentage}% | {rows} rows, {rejected} rejected | {duration_formatted}",
    noTTYOutput: false,
    hideCursor: true,
  });
  bar.start(1, 0, { rows: 0, rejected: 0 });
  const result = await importTickets({
    siteId,
    file,
    signal: stop.signal,
    onProgress: ({ bytes, totalBytes, rows, rejected }) => {
      bar.setTotal(Math.max(1, totalBytes));
      bar.update(bytes, { rows, rejected });
    },
  }).finally(() => bar.stop());
  const { imported, skipped, rejects, filesLeft } = result;
  process.stdout.write(
    `${imported} imported${skipped > 0 ? `, ${skipped} were there already` : ""}, ${rejects.length} rejected\n`,
  );
  for (const { line, message } of rejects) process.stdout.write(`line ${line}: ${message}\n`);
  if (filesLeft > 0)
    process.stdout.write(`${filesLeft} attached files are named in their tickets, but were not brought along.\n`);
  if (stop.signal.aborted) process.stdout.write("Stopped. The same command goes on from here.\n");
  return rejects.length > 0 || stop.signal.aborted ? 1 : 0;
}
