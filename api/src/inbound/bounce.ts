import { isFromMailServer } from "./recognise.ts";
import type { ParsedMail } from "./parse-mail.ts";

/** A delivery report (RFC 3464), as far as it matters. */
export interface Bounce {
  /** `5.1.1`; empty when it says none. */
  status: string;
  /** Nothing that time will mend. */
  isPermanent: boolean;
  diagnostic: string;
  /** The id of the mail that could not be delivered, when the report quotes it. */
  messageId: string | null;
}

const field = (text: string, name: string): string =>
  new RegExp(`^${name}:[ \\t]*(.*(?:\\r?\\n[ \\t].*)*)`, "im").exec(text)?.[1]?.replace(/\s+/g, " ").trim() ?? "";

/** What a mail server reports of a mail that it could not deliver; null for anything else. Delays and receipts are no bounces. */
export function readBounce(mail: Pick<ParsedMail, "report" | "fields" | "from" | "text">): Bounce | null {
  const { report } = mail;
  if (!report?.status) return null;
  const action = field(report.status, "Action").toLowerCase();
  const status = /\d\.\d{1,3}\.\d{1,3}/.exec(field(report.status, "Status"))?.[0] ?? "";
  if (action !== "failed" && !(action === "" && isFromMailServer(mail))) return null;
  return {
    status,
    isPermanent: !status.startsWith("4"),
    diagnostic: field(report.status, "Diagnostic-Code").slice(0, 300),
    messageId: /<[^<>\s]+>/.exec(field(report.original, "Message-ID"))?.[0] ?? null,
  };
}

/** Reports that are no failure: the mail is late, was read, was relayed. */
export const isOtherReport = ({ report }: Pick<ParsedMail, "report">): boolean => report !== null;
