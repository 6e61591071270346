import { settings as settingsSchema, type Settings, type SettingsPatch, type sitePatch } from "@sidedesk/contract";
import type { z } from "zod";
import type { StaffCaller } from "../core/caller.ts";
import { audit, operator } from "../core/data/audit.ts";
import { changesBetween } from "../core/data/changes.ts";
import { afterCommit, transaction } from "../core/data/transaction.ts";
import { notFound } from "../core/errors.ts";
import { record } from "../core/events/record.ts";
import { parse } from "../core/http/validation.ts";
import { disconnectPages } from "../core/live/withdraw-access.ts";
import { secretFields, splitSecrets } from "./channel-secrets.ts";
import { assertMayMailFrom } from "./sender-domain.ts";
import { forgetSites, getSite, SiteModel, slugTaken, withDefaults, type SiteRecord } from "./site.model.ts";

/** Changes the parts given. @throws AppError 404, 409 when the slug is taken. */
export async function updateSite(caller: StaffCaller, input: z.output<typeof sitePatch>): Promise<SiteRecord> {
  const { siteId } = caller;
  const { name, slug, origins, locale, timezone } = input;
  const change = Object.fromEntries(
    Object.entries({ name, slug, origins, locale, timezone }).filter(([, value]) => value !== undefined),
  );
  await transaction(async () => {
    const before = await SiteModel.findById(siteId).lean();
    if (!before) throw notFound("site");
    const changes = changesBetween(pick(before, Object.keys(change)), change);
    if (!changes) return;
    await SiteModel.updateOne({ _id: siteId }, { $set: change }).catch(slugTaken);
    await audit(caller, "site.changed", { target: { type: "site", id: siteId, name: before.name }, ...changes });
    if (before.timezone !== (timezone ?? before.timezone)) await record("settings.channels_changed", caller, {});
    afterCommit(forgetSites);
    for (const origin of before.origins)
      if (origins && !origins.includes(origin)) await disconnectPages(siteId, origin);
  });
  return getSite(siteId);
}

const pick = (from: object, keys: readonly string[]): object =>
  Object.fromEntries(keys.map((key) => [key, (from as Record<string, unknown>)[key]]));

/** Adds an origin to those allowed, by the operator's hand; no change when it is there. */
export async function allowOrigin(siteId: string, origin: string): Promise<void> {
  await transaction(async () => {
    const { modifiedCount } = await SiteModel.updateOne({ _id: siteId }, { $addToSet: { origins: origin } });
    if (modifiedCount > 0) await audit({ siteId, actor: operator }, "site.changed", { after: { origin } });
    afterCommit(forgetSites);
  });
}

/**
 * Merges the parts given into the settings: lists and `theme` are replaced, objects merged. Channels' secrets are kept apart
 * and encrypted. @throws AppError 400, 404
 */
export async function updateSettings(caller: StaffCaller, given: SettingsPatch): Promise<Settings> {
  const { siteId } = caller;
  assertMayMailFrom(given.channels?.email?.fromAddress);
  const { patch, secrets } = await splitSecrets(given);
  return transaction(async () => {
    const site = await SiteModel.findById(siteId).lean();
    if (!site) throw notFound("site");
    const before = withDefaults(site.settings);
    const merged = merge({ ...before }, patch) as Settings;
    if (given.theme) merged.theme = given.theme;
    const checked = parse(settingsSchema, merged);
    const kept = secretFields(secrets);
    await SiteModel.updateOne({ _id: siteId }, { $set: { settings: checked, ...kept.$set }, $unset: kept.$unset });
    const changes = changesBetween(before, checked);
    const target = { type: "site", id: siteId, name: site.name };
    if (changes) await audit(caller, "settings.changed", { target, ...changes });
    if (promisesOf(site.settings) !== promisesOf(checked)) await record("settings.sla_changed", caller, {});
    if (given.channels) await record("settings.channels_changed", caller, {});
    afterCommit(forgetSites);
    return checked;
  });
}

/** What is promised, and by which hours; what is done about a broken promise is no part of it. */
const promisesOf = ({ sla: { escalation: _escalation, ...promises } }: Settings): string => JSON.stringify(promises);

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
