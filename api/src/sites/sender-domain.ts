import { config } from "../core/config.ts";
import { invalid } from "../core/errors.ts";

const domainOf = (address: string): string => /@([^@<>\s]+)>?\s*$/.exec(address)?.[1]?.toLowerCase() ?? "";

/**
 * Whether a site may send in an address's name: in domains that the operator allows. The mail server speaks for whatever it
 * is given, so otherwise an admin of one site could write as anybody.
 */
export function mayMailFrom(address: string): boolean {
  const { SIDEDESK_MAIL_DOMAINS, SIDEDESK_MAIL_FROM, SIDEDESK_MODE } = config();
  const domain = domainOf(address);
  return (
    SIDEDESK_MODE === "local" ||
    SIDEDESK_MAIL_DOMAINS.includes("*") ||
    [domainOf(SIDEDESK_MAIL_FROM), ...SIDEDESK_MAIL_DOMAINS].includes(domain)
  );
}

/** @throws AppError 400 */
export function assertMayMailFrom(address: string | null | undefined): void {
  if (address && !mayMailFrom(address))
    throw invalid(
      "channels.email.fromAddress",
      "Mail may not be sent from this domain. Ask whoever runs the desk to add it to SIDEDESK_MAIL_DOMAINS, or use a reply address.",
    );
}
