import { parse, type CsvError, type Parser } from "csv-parse";
import { createReadStream } from "node:fs";
import { Transform } from "node:stream";

/** A row, or what is wrong with one. */
export type CsvRow =
  { line: number; bytes: number; cells: string[] } | { line: number; bytes: number; problem: string };

const largestRow = 1_000_000;

/** A row as it left the parser, with how many came before it. */
interface Parsed {
  line: number;
  cells: string[];
  before: number;
}
interface Broken {
  line: number;
  problem: string;
  before: number;
}

/** Reads a CSV row by row, in constant memory; the first row is the header. Broken rows are told in their place and passed over. */
export async function* readCsv(file: string): AsyncGenerator<CsvRow> {
  let bytes = 0;
  let ended = 0; // the line on which the row before ended
  const broken: Broken[] = [];
  const delimiter = await delimiterOf(file);
  const parser: Parser = parse({
    bom: true,
    delimiter,
    relax_column_count: true,
    skip_records_with_error: true,
    max_record_size: largestRow,
    on_record: (cells: string[], { lines, records }) => {
      // The parser counts where a row ends; people look where it begins.
      const line = lines - cells.reduce((breaks, cell) => breaks + cell.split("\n").length - 1, 0);
      ended = lines;
      return { line, cells, before: records } satisfies Parsed as unknown as string[];
    },
    on_skip: (error) => {
      // Told once for each quote that is wrong; one remark a row is enough.
      const at = lineOf(error, ended + 1);
      if (at <= ended && error?.code !== "CSV_QUOTE_NOT_CLOSED") return;
      broken.push({ line: ended + 1, problem: wordsFor(error), before: parser.info.records });
      ended = Math.max(ended, at);
    },
  });
  const source = createReadStream(file);
  const lines = oneLineEnd((length) => (bytes += length));
  source.on("error", (error) => parser.destroy(error));
  source.pipe(lines).pipe(parser);
  try {
    for await (const { line, cells, before } of parser as AsyncIterable<Parsed>) {
      // The parser is ahead of us: what broke later waits for its turn, so that every run counts alike.
      while (broken[0] && broken[0].before < before) yield { bytes, ...(broken.shift() as Broken) };
      if (cells.some((cell) => cell.trim() !== "")) yield { line, bytes, cells };
    }
  } catch (error) {
    if (!(error as { code?: string }).code?.startsWith("CSV_")) throw error;
    broken.push({
      line: ended + 1,
      problem: `${wordsFor(error as CsvError)} Nothing after this line could be read.`,
      before: 0,
    });
  } finally {
    source.destroy();
  }
  for (const one of broken) yield { bytes, ...one };
}

const lineOf = (error: CsvError | undefined, fallback: number): number =>
  typeof error?.["lines"] === "number" ? error["lines"] : fallback;

function wordsFor(error: CsvError | undefined): string {
  switch (error?.code) {
    case "CSV_QUOTE_NOT_CLOSED":
      return "A quote opens here and is never closed.";
    case "CSV_MAX_RECORD_SIZE":
      return `A row is longer than ${largestRow} bytes; a quote may not be closed.`;
    case "CSV_INVALID_CLOSING_QUOTE":
    case "INVALID_OPENING_QUOTE":
      return 'A quote stands inside a cell. Write it twice ("") and put the cell in quotes.';
    default:
      return `The row cannot be read: ${error?.message ?? "unknown"}`;
  }
}

/** Line ends of every kind become one, so that lines are counted alike and texts do not carry them along. */
function oneLineEnd(onBytes: (length: number) => void): Transform {
  let held = false;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      onBytes(chunk.length);
      // In UTF-8 these bytes mean nothing else. A CR at the end of a chunk waits for what follows.
      let text = (held ? "\r" : "") + chunk.toString("latin1");
      held = text.endsWith("\r");
      if (held) text = text.slice(0, -1);
      done(null, Buffer.from(text.replace(/\r\n?/g, "\n"), "latin1"));
    },
    flush(done) {
      done(null, held ? Buffer.from("\n") : undefined);
    },
  });
}

/** Comma, semicolon or tab, whichever the header has most of. */
async function delimiterOf(file: string): Promise<string> {
  let head = "";
  for await (const chunk of createReadStream(file, { encoding: "utf8", end: 65_535 }) as AsyncIterable<string>)
    head += chunk;
  const header = /^[^\r\n]*/.exec(head)?.[0] ?? "";
  const count = (delimiter: string) => header.split(delimiter).length;
  return [";", "\t"].reduce((best, one) => (count(one) > count(best) ? one : best), ",");
}
