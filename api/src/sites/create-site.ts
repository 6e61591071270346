import { defaultSettings, type siteInput } from "@sidedesk/contract";
import type { z } from "zod";
import { newId } from "../core/data/ids.ts";
import { forgetSites, SiteModel, slugTaken, type SiteRecord } from "./site.model.ts";

/** Makes a site with default settings and no keys. @throws AppError 409 when the slug is taken. */
export async function createSite(input: z.output<typeof siteInput>): Promise<SiteRecord> {
  const { name, slug, origins, locale, timezone } = input;
  const id = newId();
  const site = { slug, name, origins, locale, timezone, settings: defaultSettings, createdAt: new Date() };
  await SiteModel.create([{ _id: id, ...site }]).catch(slugTaken);
  forgetSites();
  return { id, ...site };
}
