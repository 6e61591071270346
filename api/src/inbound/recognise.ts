import type { InboundReason } from "@sidedesk/contract";
import type { ParsedMail } from "./parse-mail.ts";

/** A mail that no person wrote to be read by a person: answering it, or taking it for an answer, would go round in circles. */
export interface Recognised {
  reason: Extract<InboundReason, "auto_reply" | "mailing_list" | "loop">;
  detail: string;
}

type Mail = Pick<ParsedMail, "fields" | "from" | "subject" | "messageId">;

/** Absences, in the subjects of programs that say so nowhere else. */
const absence =
  /^\s*(auto(matic|mated)?[- ]?(reply|response)|out of (the )?office|abwesenheits(notiz|meldung)|automatische antwort|réponse automatique|absence du bureau|respuesta automática|fuera de la oficina|resposta automática|risposta automatica|automatisch antwoord|自動応答|自動返信|رد تلقائي)\s*[:：—-]/iu;

/**
 * Looks for what machines write about themselves (RFC 3834 and what programs did before it). Bounces are told apart before.
 *
 * @param isOurs whether an address or a Message-ID is of our own making
 */
export function recognise(mail: Mail, isOurs: (text: string) => boolean): Recognised | null {
  const of = (name: string): string | undefined => mail.fields.find((field) => field.name === name)?.value;
  const auto = (detail: string): Recognised => ({ reason: "auto_reply", detail });
  if (isOurs(mail.messageId) || mail.from.some(({ address }) => isOurs(address)))
    return { reason: "loop", detail: "It is a mail of ours." };
  for (const name of ["list-id", "list-post", "list-unsubscribe"])
    if (of(name)) return { reason: "mailing_list", detail: name };
  const submitted = of("auto-submitted")?.toLowerCase();
  if (submitted && !/^no\b/.test(submitted)) return auto(`Auto-Submitted: ${submitted.slice(0, 60)}`);
  const precedence = of("precedence")?.trim().toLowerCase() ?? "";
  if (precedence === "list") return { reason: "mailing_list", detail: "Precedence: list" };
  if (["bulk", "junk", "auto_reply"].includes(precedence)) return auto(`Precedence: ${precedence}`);
  if (/\b(all|oof|autoreply|dr|rn|nrn)\b/i.test(of("x-auto-response-suppress") ?? ""))
    return auto("X-Auto-Response-Suppress");
  for (const name of ["x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply-from", "x-mail-autoreply"])
    if (of(name) !== undefined && !/^(no|false|0)$/i.test(of(name) ?? "")) return auto(name);
  if (of("return-path")?.replace(/\s/g, "") === "<>") return auto("Return-Path: <>");
  if (absence.test(mail.subject)) return auto("The subject says so.");
  return null;
}

/** Whoever reports that a mail could not be delivered. */
export const isFromMailServer = ({ fields, from }: Pick<Mail, "fields" | "from">): boolean =>
  fields.some(({ name, value }) => name === "return-path" && value.replace(/\s/g, "") === "<>") ||
  from.some(({ address }) => /^(mailer-daemon|postmaster|mail-daemon)@/.test(address));
