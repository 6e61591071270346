import { originRefused, ownOrigin } from "../core/http/origins.ts";
import { getSite } from "../sites/index.ts";

/** For calls whose site is known only from their body. @throws AppError 403 origin_not_allowed */
export async function assertSiteOrigin(siteId: string, origin: string | undefined): Promise<void> {
  if (!origin || origin === ownOrigin() || (await getSite(siteId)).origins.includes(origin)) return;
  throw originRefused(origin);
}
