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

/** To somebody on the staff who cannot sign in any more, or to whom somebody pretends to be. */
export function passwordReset({ words, say }: Writer, { name, url }: { name: string; url: string }): MailContent {
  const { reset } = words;
  const text = say(reset.text, { name });
  return {
    subject: say(reset.subject),
    preview: text,
    heading: reset.heading,
    paragraphs: [text, reset.once],
    button: { label: reset.button, url },
    reason: reset.reason,
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
