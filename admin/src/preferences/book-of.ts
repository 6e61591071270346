import type { PreferencesInput } from "@sidedesk/contract";
import { PreferencesBook } from "@sidedesk/preferences-view";
import { draftsOf, readDraft, removeDraft, writeDraft } from "../shell/draft-items.ts";
import type { Session } from "../shell/session.ts";

const books = new WeakMap<Session, { whose: string; book: PreferencesBook }>();

/** How whoever is signed in wants to be told of this site: each site has its own. */
export function bookOf(session: Session): PreferencesBook | null {
  const { staff, slug } = session;
  if (!staff || !slug) return null;
  const whose = `${draftsOf(staff.id, slug)}preferences`;
  const kept = books.get(session);
  if (kept?.whose === whose) return kept.book;
  const book = new PreferencesBook(session.client.preferences, {
    get: () => (readDraft(whose) as { change?: PreferencesInput } | null)?.change ?? null,
    set: (change) => (change ? writeDraft(whose, { change }) : removeDraft(whose)),
    isTheirs: () => session.staff?.id === staff.id && session.slug === slug,
  });
  books.set(session, { whose, book });
  return book;
}
