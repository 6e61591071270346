import {
  keyInput,
  keyOutput,
  page,
  pageQuery,
  publicSite,
  settings,
  settingsPatch,
  sitePatch,
  siteOutput,
} from "@sidedesk/contract";
import { z } from "zod";
import { actorOf } from "../core/caller.ts";
import { created, noContent, ok } from "../core/http/answer.ts";
import { pageOfAll } from "../core/http/page-of-all.ts";
import { route } from "../core/http/route.ts";
import { createKey, deleteKey, listKeys } from "./key.model.ts";
import { getSite } from "./site.model.ts";
import { presentKey, presentPublicSite, presentSite } from "./site.presenter.ts";
import { updateSettings, updateSite } from "./update-site.ts";

const slugParam = z.object({ slug: z.string() });
const keyParams = z.object({ slug: z.string(), id: z.string() });

/** A site's set-up. Making a site and listing one's own are in accounts, because they are about memberships. */
export const siteRoutes = [
  route({
    method: "GET",
    path: "/v1/site",
    tag: "Sites",
    summary: "Public configuration of the site of the key",
    callers: ["public", "customer"],
    status: 200,
    output: publicSite,
    handle: async ({ caller }) =>
      ok(await presentPublicSite(await getSite(caller.siteId)), {
        "Cache-Control": "public, max-age=300",
        Vary: "Origin, X-Site-Key, Authorization",
      }),
  }),
  route({
    method: "GET",
    path: "/v1/sites/:slug",
    tag: "Set-up",
    summary: "One site",
    callers: ["staff"],
    role: "viewer",
    site: "path",
    params: slugParam,
    status: 200,
    output: siteOutput,
    handle: async ({ caller }) => ok(presentSite(await getSite(caller.siteId))),
  }),
  route({
    method: "PATCH",
    path: "/v1/sites/:slug",
    tag: "Set-up",
    summary: "Change name, slug, origins, locale or time zone",
    callers: ["staff"],
    role: "admin",
    site: "path",
    params: slugParam,
    body: sitePatch,
    status: 200,
    output: siteOutput,
    errors: ["conflict"],
    handle: async ({ caller, body }) => ok(presentSite(await updateSite(caller, body))),
  }),
  route({
    method: "GET",
    path: "/v1/sites/:slug/settings",
    tag: "Set-up",
    summary: "All settings of a site",
    callers: ["staff"],
    role: "admin",
    site: "path",
    params: slugParam,
    status: 200,
    output: settings,
    handle: async ({ caller }) => ok((await getSite(caller.siteId)).settings),
  }),
  route({
    method: "PATCH",
    path: "/v1/sites/:slug/settings",
    tag: "Set-up",
    summary: "Change the parts given",
    callers: ["staff"],
    role: "admin",
    site: "path",
    params: slugParam,
    body: settingsPatch,
    status: 200,
    output: settings,
    errors: ["url_not_allowed"],
    handle: async ({ caller, body }) => ok(await updateSettings(caller, body)),
  }),
  route({
    method: "GET",
    path: "/v1/sites/:slug/keys",
    tag: "Set-up",
    summary: "Keys; secrets are not shown again",
    callers: ["staff"],
    role: "admin",
    site: "path",
    params: slugParam,
    query: z.strictObject(pageQuery),
    status: 200,
    output: page(keyOutput),
    handle: async ({ caller, query }) => {
      const keys = (await listKeys(caller.siteId)).map((key) => presentKey(key));
      return ok(pageOfAll(keys, query, ({ createdAt }) => createdAt));
    },
  }),
  route({
    method: "POST",
    path: "/v1/sites/:slug/keys",
    tag: "Set-up",
    summary: "Make a key; its text is shown this once",
    callers: ["staff"],
    role: "admin",
    site: "path",
    params: slugParam,
    body: keyInput,
    status: 201,
    output: keyOutput,
    errors: ["limit_reached"],
    handle: async ({ caller, body }) => {
      const { document, key } = await createKey(caller.siteId, body.kind, body.label, actorOf(caller));
      return created(presentKey(document, key));
    },
  }),
  route({
    method: "DELETE",
    path: "/v1/sites/:slug/keys/:id",
    tag: "Set-up",
    summary: "Delete a key; it stops working at once",
    callers: ["staff"],
    role: "admin",
    site: "path",
    params: keyParams,
    status: 204,
    handle: async ({ caller, params }) => {
      await deleteKey(caller.siteId, params.id, actorOf(caller));
      return noContent();
    },
  }),
];
