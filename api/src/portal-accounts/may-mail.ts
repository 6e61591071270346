import { digest } from "../core/data/secrets.ts";
import { consume } from "../core/http/limits.ts";

/** Nobody's mailbox is filled by asking again and again; counted for every address, whether it has an account or not. @throws AppError 429 */
export const assertMayMail = async (siteId: string, email: string): Promise<void> =>
  void (await consume("portal-address", digest(`${siteId} ${email}`)));
