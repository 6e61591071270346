import { Writable, type Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { MailParser, type AddressObject, type EmailAddress, type Headers } from "mailparser";
import { headBytes, headerFields } from "./recipients.ts";

/** A part of a mail that is a file. Its bytes went by unless they were asked for. */
export interface MailFile {
  index: number;
  name: string;
  type: string;
  /** Shown within the text, such as a logo. */
  isInline: boolean;
  /** By which the text names it. */
  cid?: string;
}
export interface ParsedMail {
  /** As they stand in the mail, undecoded: for what machines wrote. */
  fields: { name: string; value: string }[];
  from: { name: string; address: string }[];
  subject: string;
  messageId: string;
  text: string;
  html: string;
  files: MailFile[];
  /** Of a mail server's or program's report: what it says of delivery, and the head of the mail that it is about. */
  report: { status: string; original: string } | null;
}

/** More parts than any mail that a person writes. */
const mostParts = 2000;
/** The text that is looked at; what stands behind it is kept with the mail and nowhere else. */
export const mostText = 200_000;
const mostReport = 64 * 1024;

/**
 * Reads a mail part by part as it comes: one of 25 MB needs little more memory than its text. Files go to `onFile`, one after
 * the other, or by.
 * @throws Error for what is no mail
 */
export async function parseMail(
  source: Readable,
  onFile?: (file: MailFile, stream: Readable) => Promise<void>,
): Promise<ParsedMail> {
  const parser = new MailParser({
    skipHtmlToText: true,
    skipTextToHtml: true,
    skipTextLinks: true,
    skipImageLinks: true,
    keepDeliveryStatus: true,
    maxHtmlLengthToParse: mostText,
    maxChildNodes: mostParts,
  } as ConstructorParameters<typeof MailParser>[0]);
  const parsed: ParsedMail = {
    fields: [],
    from: [],
    subject: "",
    messageId: "",
    text: "",
    html: "",
    files: [],
    report: null,
  };
  let head = "";
  let isReport = false;
  parser.on("headers", (headers) => {
    Object.assign(parsed, known(headers));
    isReport = (headers.get("content-type") as { value?: string } | undefined)?.value === "multipart/report";
    if (isReport) parsed.report = { status: "", original: "" };
  });
  const parts = new Writable({
    objectMode: true,
    highWaterMark: 1,
    write(part: Part, _encoding, done) {
      take(part).then(() => done(), done);
    },
  });
  const take = async (part: Part): Promise<void> => {
    if (part.type === "text") {
      parsed.text = typeof part.text === "string" ? part.text.slice(0, mostText) : "";
      parsed.html = typeof part.html === "string" ? part.html.slice(0, mostText * 2) : "";
      return;
    }
    const { content } = part;
    const type = (part.contentType ?? "").toLowerCase();
    if (isReport && /^message\/|^text\/rfc822-headers/.test(type)) {
      const said = await readSome(content, mostReport);
      parsed.report = reportWith(parsed.report, type, said);
      return part.release();
    }
    const isInline = part.related === true || (part.contentDisposition === "inline" && part.cid !== undefined);
    const file: MailFile = {
      index: parsed.files.length,
      name: part.filename || nameFor(type),
      type,
      isInline,
      ...(part.cid ? { cid: part.cid } : {}),
    };
    parsed.files.push(file);
    if (onFile) await onFile(file, content);
    content.resume();
    part.release();
  };
  source.on("data", (chunk: Buffer) => {
    if (head.length < headBytes) head += chunk.toString("latin1", 0, headBytes - head.length);
  });
  await pipeline(source, parser, parts);
  parsed.fields = headerFields(head);
  return parsed;
}

type Part =
  | { type: "text"; text?: string | false; html?: string | false }
  | {
      type: "attachment";
      content: Readable;
      contentType?: string;
      contentDisposition?: string;
      filename?: string | false;
      cid?: string;
      related?: boolean;
      release(): void;
    };

/** The few fields that people wrote, decoded; of what is repeated, the first counts. */
function known(headers: Headers): Pick<ParsedMail, "from" | "subject" | "messageId"> {
  const from = headers.get("from") as AddressObject | AddressObject[] | undefined;
  const people = [from ?? []].flat().flatMap(({ value }) => value.flatMap((one: EmailAddress) => one.group ?? [one]));
  return {
    from: people.map(({ name, address }) => ({
      name: oneLine(name, 100),
      address: oneLine(address ?? "", 254).toLowerCase(),
    })),
    subject: oneLine(textOf(headers.get("subject")), 500),
    messageId: oneLine(textOf(headers.get("message-id")), 500),
  };
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** Nothing that ends a line, hides or reorders: a name may say `=0D=0ABcc:` in any encoding. */
export function oneLine(text: string, most: number): string {
  return (
    (text as string & { toWellFormed(): string })
      .toWellFormed()
      .normalize("NFC")
      // eslint-disable-next-line no-control-regex -- control characters are what is removed
      .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, " ")
      .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, "")
      .replace(/\s+/g, " ")
      .trim()
      .slice(0, most)
  );
}

const nameFor = (type: string): string =>
  type === "text/calendar" ? "invite.ics" : type.startsWith("message/") ? "mail.eml" : "file";

async function readSome(stream: Readable, most: number): Promise<string> {
  let text = "";
  for await (const chunk of stream as AsyncIterable<Buffer>)
    if (text.length < most) text += chunk.toString("utf8", 0, most - text.length);
  return text;
}

function reportWith(before: ParsedMail["report"], type: string, said: string): ParsedMail["report"] {
  const report = before ?? { status: "", original: "" };
  if (type.endsWith("delivery-status")) return { ...report, status: said };
  return /rfc822|global/.test(type) ? { ...report, original: said } : report;
}

/** What lists show of a mail. */
export const aboutOf = ({ from, subject }: ParsedMail) => ({
  from: from[0] ? { name: from[0].name, address: from[0].address } : null,
  subject: subject.slice(0, 200),
});
