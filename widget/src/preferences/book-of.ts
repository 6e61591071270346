import { preferencesApi } from "@sidedesk/client";
import type { PreferencesInput } from "@sidedesk/contract";
import { PreferencesBook } from "@sidedesk/preferences-view";
import type { Desk } from "../session/desk.ts";

const books = new WeakMap<Desk, { person: string; book: PreferencesBook }>();

/** The preferences of who is signed in: one for all elements of the page, so that they agree; null for nobody. */
export function bookOf(desk: Desk): PreferencesBook | null {
  const person = desk.isSignedIn ? desk.customer?.id : undefined;
  if (!person) return null;
  const kept = books.get(desk);
  if (kept?.person === person) return kept.book;
  const { drafts } = desk; // of this person: what waits is theirs
  const book = new PreferencesBook(preferencesApi(desk.http), {
    get: () => drafts.get<PreferencesInput>("preferences"),
    set: (change) => drafts.set("preferences", change),
    isTheirs: () => desk.isSignedIn && desk.customer?.id === person,
  });
  books.set(desk, { person, book });
  return book;
}
