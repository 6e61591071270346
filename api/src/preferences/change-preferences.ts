import { noticeTypes, type Preferences, type preferencesInput } from "@sidedesk/contract";
import type { z } from "zod";
import { readChosen, writeChosen, type PersonRef } from "../accounts/index.ts";
import { notFound } from "../core/errors.ts";
import { inSite } from "./when-wanted.ts";

/** @throws AppError 404 when there is nobody of the kind any more */
export async function getPreferences(person: PersonRef): Promise<Preferences> {
  const [chosen] = await readChosen([person]);
  if (!chosen) throw notFound("person");
  return inSite(chosen, person.siteId);
}

/** Changes the parts given, each by itself, so that two at once do not undo each other. @throws AppError 404 */
export async function changePreferences(
  person: PersonRef,
  { types = {}, ...rest }: z.output<typeof preferencesInput>,
): Promise<Preferences> {
  const ways = noticeTypes.flatMap((type) =>
    Object.entries(types[type] ?? {}).map(([way, value]) => [`types.${type}.${way}`, value] as const),
  );
  const all: readonly (readonly [string, unknown])[] = [...ways, ...Object.entries(rest)];
  const given = all.filter(([, value]) => value !== undefined);
  const isThere = await writeChosen(person, {
    set: Object.fromEntries(given.filter(([, value]) => value !== null)),
    unset: given.filter(([, value]) => value === null).map(([place]) => place),
  });
  if (!isThere) throw notFound("person");
  return getPreferences(person);
}
