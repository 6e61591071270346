const longest = 76;

const hex = Array.from({ length: 256 }, (_none, byte) => `=${byte.toString(16).toUpperCase().padStart(2, "0")}`);
function escaped(text: string): string {
  let result = "";
  for (const byte of Buffer.from(text)) result += hex[byte];
  return result;
}

/** Text as quoted-printable (RFC 2045): its lines end with CRLF, and so do those that it is broken into. */
export function quotedPrintable(text: string): string {
  const literal = text
    .replaceAll("=", "=3D") // by far the most, in HTML
    .replace(/[^\t\r\n -~]+/g, escaped)
    .replace(/[\t ]+(?=\r\n|$)/g, escaped);
  return literal.length <= longest ? literal : literal.split("\r\n").map(broken).join("\r\n");
}

/** Whether the second, third or fourth byte of a character begins here. */
const isContinued = (line: string, at: number): boolean => line[at] === "=" && /[89AB]/.test(line[at + 1] ?? "");

/** A line that is too long, broken where neither an encoded byte nor a character is torn apart. */
function broken(line: string): string {
  if (line.length <= longest) return line;
  let result = "";
  let from = 0;
  while (line.length - from > longest) {
    let to = from + longest - 1;
    if (line[to - 1] === "=") to -= 1;
    else if (line[to - 2] === "=") to -= 2;
    while (isContinued(line, to)) to -= 3;
    result += `${line.slice(from, to)}=\r\n`;
    from = to;
  }
  return result + line.slice(from);
}

/** Text as base64 in lines. */
export const base64Lines = (text: string): string =>
  Buffer.from(text)
    .toString("base64")
    .replaceAll(new RegExp(`.{${longest}}(?!$)`, "g"), "$&\r\n");
