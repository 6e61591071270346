import { msg } from "@lit/localize";
import type { InboundMail, InboundReason, InboundState } from "@sidedesk/contract";

export const inboundStateWords = (): Record<InboundState, string> => ({
  received: msg("Received"),
  accepted: msg("Accepted"),
  refused: msg("Turned away"),
  failed: msg("Failed"),
});

export const kindWord = (kind: NonNullable<InboundMail["kind"]>): string =>
  ({
    comment: msg("Became an answer"),
    ticket: msg("Opened a ticket"),
    bounce: msg("Reports that a mail of ours came back"),
  })[kind];

/** Why a mail was turned away, and what to do where there is something to do. */
export function reasonWord(reason: InboundReason): string {
  const words: Record<InboundReason, string> = {
    no_recipient: msg("It was not sent to an address of this site, or to one that was changed on the way."),
    malformed: msg("It cannot be read as a mail."),
    too_large: msg("It is too large. Only its head was kept."),
    loop: msg("It is a mail of ours that came back."),
    auto_reply: msg("A program wrote it: an absence, a report or a receipt."),
    mailing_list: msg("It came over a mailing list."),
    unclear_sender: msg("It does not say clearly who sent it."),
    unauthenticated_sender: msg("Nothing proves that its sender is who they say."),
    sender_mismatch: msg("It was sent from another address than the one that was written to."),
    not_allowed: msg("Whoever sent it may not answer here any more."),
    unknown_sender: msg("It answers no mail of ours, and the site opens no tickets for such mails."),
    gone: msg("Its ticket is not there any more."),
    too_many: msg("Too many mails came from this address within an hour."),
    empty: msg("Nothing is written in it."),
    duplicate: msg("The same mail was taken before."),
  };
  return words[reason] ?? reason;
}
