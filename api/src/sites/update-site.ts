import { settings as settingsSchema, type Settings, type SettingsPatch, type sitePatch } from "@sidedesk/contract";
import type { z } from "zod";
import { afterCommit, transaction } from "../core/data/transaction.ts";
import { notFound } from "../core/errors.ts";
import { parse } from "../core/http/validation.ts";
import { forgetSites, getSite, SiteModel, slugTaken, type SiteRecord } from "./site.model.ts";

/** Changes the parts given. @throws AppError 404, 409 when the slug is taken. */
export async function updateSite(siteId: string, input: z.output<typeof sitePatch>): Promise<SiteRecord> {
  const { name, slug, origins, locale, timezone } = input;
  const change = Object.fromEntries(
    Object.entries({ name, slug, origins, locale, timezone }).filter(([, value]) => value !== undefined),
  );
  await SiteModel.updateOne({ _id: siteId }, { $set: change }).catch(slugTaken);
  forgetSites();
  return getSite(siteId);
}

/** Adds an origin to those allowed; no change when it is there. */
export async function allowOrigin(siteId: string, origin: string): Promise<void> {
  await SiteModel.updateOne({ _id: siteId }, { $addToSet: { origins: origin } });
  forgetSites();
}

/** Merges the parts given into the settings: lists and `theme` are replaced, objects merged. @throws AppError 400, 404 */
export function updateSettings(siteId: string, patch: SettingsPatch): Promise<Settings> {
  return transaction(async () => {
    const site = await SiteModel.findById(siteId).lean();
    if (!site) throw notFound("site");
    const merged = merge({ ...site.settings }, patch) as Settings;
    if (patch.theme) merged.theme = patch.theme;
    const checked = parse(settingsSchema, merged);
    await SiteModel.updateOne({ _id: siteId }, { $set: { settings: checked } });
    afterCommit(forgetSites);
    return checked;
  });
}

function merge(base: Record<string, unknown>, patch: Record<string, unknown>): Record<string, unknown> {
  const result = { ...base };
  for (const [key, value] of Object.entries(patch)) {
    if (value === undefined) continue;
    const before = result[key];
    result[key] = isPlain(value) && isPlain(before) ? merge(before, value) : value;
  }
  return result;
}
const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
