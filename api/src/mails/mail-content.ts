/** What a mail says, before it is HTML or text. Everything is text but `html`, which is safe already. */
export interface MailContent {
  subject: string;
  /** The line that mail programs show beside the subject. */
  preview: string;
  heading: string;
  paragraphs: readonly string[];
  /** Somebody's words, as Markdown for the text part and as safe HTML for the other. */
  quote?: { by: string; body: string; html: string };
  facts?: readonly (readonly [label: string, value: string])[];
  /** Several things, each with its way. */
  items?: readonly { title: string; text: string; url: string | null }[];
  button?: { label: string; url: string };
  /** Small print below the line. */
  reason: string;
  unsubscribeUrl?: string;
}

/** How a site's mails look. */
export interface Branding {
  siteName: string;
  /** `#rrggbb` */
  primary: string;
  /** The same on a dark ground. */
  primaryDark: string;
  logoUrl: string | null;
}
