import type { NoticeType } from "@sidedesk/contract";
import { config } from "../core/config.ts";
import { writeChosen, type PersonRef } from "./preferences.ts";
import { signToken, verifyToken } from "./tokens.ts";

/** Whose mail of which types a link stops: those of the mail it stood in. */
export interface Unsubscription {
  person: PersonRef;
  types: readonly NoticeType[];
}

const days = 365;

/** The one-click address of `List-Unsubscribe` (RFC 8058). */
export async function makeUnsubscribeLink({ person, types }: Unsubscription): Promise<string> {
  const expiresAt = new Date(Date.now() + days * 86_400_000);
  const { siteId, kind, id } = person;
  const claims = { sub: id, site: siteId, types, ...(kind === "staff" ? { staff: true } : {}) };
  return `${config().SIDEDESK_URL}/v1/unsubscribe?token=${await signToken("unsubscribe", claims, expiresAt)}`;
}

/** @throws AppError 401 */
export async function readUnsubscribeLink(token: string): Promise<Unsubscription> {
  const { sub, site, staff, types } = await verifyToken("unsubscribe", token);
  return {
    person: { siteId: String(site), kind: staff ? "staff" : "customer", id: String(sub) },
    types: types as NoticeType[],
  };
}

/** The same switches as in the person's preferences. */
export async function setMailed({ person, types }: Unsubscription, isMailed: boolean): Promise<void> {
  await writeChosen(person, { set: Object.fromEntries(types.map((type) => [`types.${type}.email`, isMailed])) });
}
