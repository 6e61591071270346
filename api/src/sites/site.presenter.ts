import type { Category, PublicSite, Settings, Site, SiteKey } from "@sidedesk/contract";
import { config } from "../core/config.ts";
import type { KeyDocument } from "./key.model.ts";
import type { SiteRecord } from "./site.model.ts";
import { vapidPublicKey } from "./vapid-keys.ts";

export function presentSite(site: SiteRecord): Site {
  const { id, name, slug, origins, locale, timezone, createdAt } = site;
  return { id, name, slug, origins, locale, timezone, createdAt: createdAt.toISOString() };
}

export async function presentPublicSite(site: SiteRecord): Promise<PublicSite> {
  const { name, slug, locale, timezone, settings } = site;
  const { critical, high, medium, low } = settings.sla;
  return {
    name,
    slug,
    locale,
    timezone,
    theme: settings.theme,
    categories: presentCategories(settings),
    portal: settings.portal,
    sla: { critical, high, medium, low },
    uploads: { types: settings.uploads.types, maxBytes: config().SIDEDESK_UPLOAD_MAX_BYTES },
    vapidPublicKey: await vapidPublicKey(),
  };
}

/** What forms show of the categories. */
export const presentCategories = ({ categories }: Settings): Category[] =>
  categories.map(({ key, label, fields }) => ({ key, label, fields }));

/** `key` is given once, when it is made; a public key always. */
export function presentKey(document: KeyDocument, key?: string): SiteKey {
  const { _id, kind, label, value, createdAt } = document;
  const shown = key ?? (kind === "public" ? value : undefined);
  return { id: _id, kind, label, ...(shown ? { key: shown } : {}), createdAt: createdAt.toISOString() };
}
