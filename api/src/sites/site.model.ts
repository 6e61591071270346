import { defaultSettings, type Settings } from "@sidedesk/contract";
import mongoose, { Schema } from "mongoose";
import { cache } from "../core/data/cache.ts";
import { isDuplicate } from "../core/data/is-duplicate.ts";
import { AppError, notFound } from "../core/errors.ts";
import { withChannelDefaults, type ChannelSecrets } from "./channel-secrets.ts";

export interface SiteDocument {
  _id: string;
  slug: string;
  name: string;
  origins: string[];
  locale: string;
  timezone: string;
  settings: Settings;
  channelSecrets?: ChannelSecrets;
  createdAt: Date;
}
/** A site as the rest of the API sees it. */
export interface SiteRecord extends Omit<SiteDocument, "_id"> {
  id: string;
}

const schema = new Schema<SiteDocument>(
  {
    _id: String,
    slug: { type: String, required: true },
    name: { type: String, required: true },
    origins: [String],
    locale: String,
    timezone: String,
    settings: Schema.Types.Mixed,
    channelSecrets: Schema.Types.Mixed,
    createdAt: Date,
  },
  { collection: "sites", versionKey: false, minimize: false },
);
schema.index({ slug: 1 }, { unique: true }); // the portal's address, X-Site
schema.index({ origins: 1 }); // preflights: isListedOrigin
export const SiteModel = mongoose.model<SiteDocument>("Site", schema);

/** Other processes see a change of a site at most this late. */
const staleMs = 2000;
const byId = cache(staleMs, async (id) => toRecord(await SiteModel.findById(id).lean()));
const bySlug = cache(staleMs, async (slug) => toRecord(await SiteModel.findOne({ slug }).lean()));
const listed = cache(staleMs, async (origin) => (await SiteModel.exists({ origins: origin })) !== null);

function toRecord(site: SiteDocument | null): SiteRecord | null {
  if (!site) return null;
  const { _id, ...rest } = site;
  return { id: _id, ...rest, settings: withDefaults(rest.settings) };
}

/** Sites made before a setting existed read its default. */
export const withDefaults = (kept: Partial<Settings>): Settings => ({
  ...defaultSettings,
  ...kept,
  channels: withChannelDefaults(kept.channels, defaultSettings.channels),
});

export const findSite = (id: string): Promise<SiteRecord | null> => byId.get(id);
export const findSiteBySlug = (slug: string): Promise<SiteRecord | null> => bySlug.get(slug);
export const isListedOrigin = (origin: string): Promise<boolean> => listed.get(origin.slice(0, 300));

/** The same as it is now, past what this process remembers: for what follows from a change of it. */
export const readSite = async (id: string): Promise<SiteRecord | null> => toRecord(await SiteModel.findById(id).lean());

/** @throws AppError 404 */
export async function getSite(id: string): Promise<SiteRecord> {
  const site = await findSite(id);
  if (!site) throw notFound("site");
  return site;
}

export async function listSites(ids: readonly string[]): Promise<SiteRecord[]> {
  const sites = await SiteModel.find({ _id: { $in: [...ids] } })
    .sort({ slug: 1 })
    .lean();
  return sites.flatMap((site) => toRecord(site) ?? []);
}

export const listSiteIds = async (): Promise<string[]> =>
  (await SiteModel.find({}, { _id: 1 }).lean()).map(({ _id }) => _id);

/** The one site that there is; null where there are several, or none. */
export async function findOnlySite(): Promise<string | null> {
  const [only, ...others] = await SiteModel.find({}, { _id: 1 }).sort({ _id: 1 }).limit(2).lean();
  return only && others.length === 0 ? only._id : null;
}

/** Forgets what this process remembers of all sites; called by whatever changes one. */
export function forgetSites(): void {
  byId.clear();
  bySlug.clear();
  listed.clear();
}

/** A unique index said no: the slug is somebody else's. */
export function slugTaken(error: unknown): never {
  if (isDuplicate(error))
    throw new AppError("conflict", "Another site has this slug. Choose another one.", {
      errors: [{ path: "slug", message: "Taken." }],
    });
  throw error;
}
