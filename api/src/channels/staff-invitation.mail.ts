import { makePasswordLink } from "../accounts/index.ts";
import type { SiteRecord } from "../sites/index.ts";
import type { EmailDocument } from "./email.model.ts";
import type { MailContent } from "./mail-layout.ts";

/** To somebody put on a site's staff, with the link to choose a password. */
export async function staffInvitation(
  site: SiteRecord,
  { staffId, toName }: Pick<EmailDocument, "staffId" | "toName">,
): Promise<MailContent> {
  return {
    subject: `You are invited to ${site.name} on Sidedesk`,
    preview: "Choose a password to sign in.",
    heading: `Welcome to ${site.name}`,
    paragraphs: [
      `${toName}, you have been put on the support staff of ${site.name}. Choose a password, and you can sign in with this mail address.`,
      "The link works once and for 7 days.",
    ],
    button: { label: "Choose a password", url: await makePasswordLink(staffId ?? "") },
    reason: `You get this mail because an owner or admin of ${site.name} invited you. If you do not know them, ignore it.`,
  };
}
