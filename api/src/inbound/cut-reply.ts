import { blockFrom, blockRest, deviceMark, originalMark, signatureMark, wrote, wroteStart } from "./quote-words.ts";

const longestLine = 2000;
const mostLines = 5000;

/**
 * What somebody wrote in answer, without the mail that their program put below it and without their signature. Each line is
 * looked at once, by patterns that begin at its start: mails made to slow this down cost no more than others. When nothing
 * is left, or answers stand between what is quoted, nothing is taken away.
 *
 * @param own addresses of ours: a line that names one and introduces a quotation is about our mail, whatever its language
 */
export function cutReply(text: string, own: readonly string[] = []): string {
  const lines = text.replace(/\r\n?/g, "\n").split("\n").slice(0, mostLines);
  const said = withoutQuote(lines, quoteStart(lines, own));
  const unsigned = withoutSignature(withoutQuotedEnd(said));
  const reply = tidy(unsigned);
  return reply || tidy(withoutQuotedEnd(said)) || tidy(lines);
}

const tidy = (lines: readonly string[]): string =>
  lines
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .replace(/\n[-_*=]{3,}\s*$/, "") // the line that a program drew above what it quoted
    .trim();

const isQuoted = (line: string): boolean => /^\s{0,3}>/.test(line);
const isBlank = (line: string | undefined): boolean => line === undefined || line.trim() === "";

/** The line at which a quoted mail begins, or -1. */
function quoteStart(lines: readonly string[], own: readonly string[]): number {
  return lines.findIndex((line, index) => {
    if (line.length > longestLine || isBlank(line)) return false;
    if (originalMark.test(line)) return true;
    if (blockFrom.test(line) && isBlock(lines, index)) return true;
    if (/^_{20,}\s*$/.test(line)) return isBlock(lines, nextSaid(lines, index + 1));
    return isAttribution(lines, index, own);
  });
}

const nextSaid = (lines: readonly string[], from: number): number => {
  const found = lines.findIndex((line, index) => index >= from && !isBlank(line));
  return found === -1 ? lines.length : found;
};

/** "From:" counts with two more fields of a mail's head among the next lines. */
function isBlock(lines: readonly string[], at: number): boolean {
  if (!blockFrom.test(lines[at] ?? "")) return false;
  const next = lines.slice(at + 1, at + 8).filter((line) => line.length <= longestLine);
  return next.filter((line) => blockRest.test(line)).length >= 2;
}

/** "On Friday, … wrote:", which programs break over up to three lines. */
function isAttribution(lines: readonly string[], at: number, own: readonly string[]): boolean {
  const first = lines[at] ?? "";
  for (let count = 1; count <= 3; count += 1) {
    const part = lines.slice(at, at + count);
    if (count > 1 && isBlank(part.at(-1))) return false;
    const whole = part.map((line) => line.trim()).join(" ");
    if (whole.length > 500) return false;
    if (!/[:：]\s*$/.test(whole)) continue;
    if (wrote.test(whole) && wroteStart.test(first) && saysWhen.test(whole)) return true;
    const lower = whole.toLowerCase();
    return own.some((address) => lower.includes(address)) && isQuoted(lines[nextSaid(lines, at + count)] ?? "");
  }
  return false;
}

/** A time, a year or an address: without, "On Monday he wrote:" may be somebody's own words. */
const saysWhen = /\d{1,2}[:.h：時]\s?\d{2}|(19|20)\d{2}|@/;

/**
 * What was said above a quotation; or below it, when nothing stands above. Words between lines with `>` are answers point by
 * point: what they answer is part of them, and all of it stays.
 */
function withoutQuote(lines: readonly string[], start: number): readonly string[] {
  if (start === -1) return lines;
  const above = lines.slice(0, start);
  const rest = lines.slice(start);
  const first = rest.findIndex(isQuoted);
  if (first === -1 || first > 5) return above;
  const last = rest.findLastIndex(isQuoted);
  if (rest.slice(first, last + 1).some((line) => !isQuoted(line) && !isBlank(line))) return lines;
  const below = rest.slice(last + 1);
  const isSaidBelow = withoutSignature(["", ...below]).some((line) => !isBlank(line));
  if (!isSaidBelow) return above;
  return above.every(isBlank) ? below : lines;
}

/** What a program quoted at the end without saying so. */
function withoutQuotedEnd(lines: readonly string[]): readonly string[] {
  const last = lines.findLastIndex((line) => !isBlank(line) && !isQuoted(line));
  return last === -1 ? lines : lines.slice(0, last + 1);
}

const longestSignature = 12;

/** From the mark to the end, when no more stands there than a signature has; and what telephones put last. */
function withoutSignature(lines: readonly string[]): readonly string[] {
  const mark = lines.findLastIndex((line) => signatureMark.test(line));
  const unsigned = mark > 0 && lines.length - mark <= longestSignature ? lines.slice(0, mark) : lines;
  const last = unsigned.findLastIndex((line) => !isBlank(line));
  const said = unsigned[last] ?? "";
  return last > 0 && said.length < 120 && deviceMark.test(said) ? unsigned.slice(0, last) : unsigned;
}
