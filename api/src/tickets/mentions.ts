import { findStaff } from "../accounts/index.ts";

/** How a note names a colleague: `@[Jonas Whitlock](staff:<id>)`. The console's picker writes it, and so may any caller. */
const form = /@\[([^\]\n]{1,200})\]\(staff:([\w-]{1,64})\)/g;
const most = 20;

/** Who is mentioned in a note: staff of the site who are not disabled, id to name. */
export async function findMentioned(siteId: string, body: string): Promise<Map<string, string>> {
  const ids = [...new Set([...body.matchAll(form)].map(([, , id]) => id ?? ""))].slice(0, most);
  const found = await Promise.all(ids.map((id) => findStaff(siteId, id)));
  return new Map(found.flatMap((staff) => (staff ? [[staff.id, staff.name] as const] : [])));
}

/** A note whose mentions are links, by the name that person has; what names nobody stays as typed. */
export const linkMentions = (body: string, mentioned: ReadonlyMap<string, string>): string =>
  body.replace(form, (typed, _name, id: string) => {
    const name = mentioned.get(id);
    return name === undefined ? typed : `[@${name.replace(/[^\p{L}\p{N} ]/gu, "\\$&")}](staff:${id})`;
  });
