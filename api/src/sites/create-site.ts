import { defaultSettings, type siteInput } from "@sidedesk/contract";
import type { z } from "zod";
import type { Actor } from "@sidedesk/contract";
import { audit, operator } from "../core/data/audit.ts";
import { newId } from "../core/data/ids.ts";
import { afterCommit, transaction } from "../core/data/transaction.ts";
import { forgetSites, SiteModel, slugTaken, type SiteRecord } from "./site.model.ts";

/** Makes a site with default settings and no keys. @throws AppError 409 when the slug is taken. */
export async function createSite(input: z.output<typeof siteInput>, by: Actor = operator): Promise<SiteRecord> {
  const { name, slug, origins, locale, timezone } = input;
  const id = newId();
  const site = { slug, name, origins, locale, timezone, settings: defaultSettings, createdAt: new Date() };
  await transaction(async () => {
    await SiteModel.create([{ _id: id, ...site }]).catch(slugTaken);
    await audit({ siteId: id, actor: by }, "site.created", {
      target: { type: "site", id, name },
      after: { name, slug, origins, locale, timezone },
    });
    afterCommit(forgetSites);
  });
  return { id, ...site };
}
