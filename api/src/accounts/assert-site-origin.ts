import { originRefused, ownOrigin } from "../core/http/origins.ts";
import { getSite } from "../sites/index.ts";

/** Whether a page of this origin may act for the site: one that it lists, or our own portal and console. */
export async function isSiteOrigin(siteId: string, origin: string): Promise<boolean> {
  return origin === ownOrigin() || (await getSite(siteId)).origins.includes(origin);
}

/** For calls whose site is known only from their body. @throws AppError 403 origin_not_allowed */
export async function assertSiteOrigin(siteId: string, origin: string | undefined): Promise<void> {
  if (origin && !(await isSiteOrigin(siteId, origin))) throw originRefused(origin);
}
