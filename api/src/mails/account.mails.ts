import type { MailContent } from "./mail-content.ts";
import type { Writer } from "./writer.ts";

/** To somebody put on a site's staff, with the link to choose a password. */
export function staffInvitation({ words, say }: Writer, { name, url }: { name: string; url: string }): MailContent {
  const { invitation } = words;
  return {
    subject: say(invitation.subject),
    preview: invitation.preview,
    heading: say(invitation.heading),
    paragraphs: [say(invitation.text, { name }), invitation.once],
    button: { label: invitation.button, url },
    reason: say(invitation.reason),
  };
}

/** To whose password is lost, or to whom somebody pretends to be. */
export function passwordReset(
  { words, say, time }: Writer,
  { name, url, until }: { name: string; url: string; until: Date },
): MailContent {
  const { reset, linkOnce } = words;
  const text = say(reset.text, { name });
  return {
    subject: say(reset.subject),
    preview: text,
    heading: reset.heading,
    paragraphs: [text, say(linkOnce, { time: time(until) })],
    button: { label: reset.button, url },
    reason: reset.reason,
  };
}

/** To an address that somebody calls theirs. Nothing else that they typed is in it: it may be a stranger's mailbox. */
export function addressVerification(
  { words, say, time }: Writer,
  { email, url, until }: { email: string; url: string; until: Date },
): MailContent {
  const { verification, linkOnce } = words;
  const text = say(verification.text, { email });
  return {
    subject: say(verification.subject),
    preview: text,
    heading: verification.heading,
    paragraphs: [text, say(linkOnce, { time: time(until) })],
    button: { label: verification.button, url },
    reason: verification.reason,
  };
}

/** To who has an account and registers again: only the mailbox is told, never the page. */
export function alreadyRegistered({ words, say }: Writer, { email, url }: { email: string; url: string }): MailContent {
  const { registered } = words;
  const text = say(registered.text, { email });
  return {
    subject: say(registered.subject),
    preview: text,
    heading: registered.heading,
    paragraphs: [text],
    button: { label: registered.button, url },
    reason: registered.reason,
  };
}

/** To whose password is another now, so that they hear of it if it was somebody else. */
export function passwordChanged(
  { words, say, time }: Writer,
  { name, at, url }: { name: string; at: Date; url: string },
): MailContent {
  const { changed } = words;
  const text = say(changed.text, { name, time: time(at) });
  return {
    subject: say(changed.subject),
    preview: text,
    heading: changed.heading,
    paragraphs: [text, say(changed.help)],
    button: { label: changed.button, url },
    reason: say(changed.reason),
  };
}

/** To whoever tries, from the set-up, whether mail goes out. */
export function testMail({ words, say }: Writer, { name }: { name: string }): MailContent {
  const { test } = words;
  const text = say(test.text, { name });
  return {
    subject: say(test.subject),
    preview: text,
    heading: test.heading,
    paragraphs: [text],
    reason: test.reason,
  };
}
