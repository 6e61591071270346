export { mayMailFrom } from "./sender-domain.ts";
export { channelSecret } from "./channel-secrets.ts";
export { createSite } from "./create-site.ts";
export { createKey, findKey, hasIdentityKey, identitySecrets, publicKeyOf, type KeyKind } from "./key.model.ts";
export {
  findOnlySite,
  findSite,
  findSiteBySlug,
  getSite,
  isListedOrigin,
  listSiteIds,
  listSites,
  readSite,
  type SiteRecord,
} from "./site.model.ts";
export { presentCategories, presentSite } from "./site.presenter.ts";
export { siteRoutes } from "./site.routes.ts";
export { allowOrigin } from "./update-site.ts";
export { vapidKeys, vapidPublicKey } from "./vapid-keys.ts";
