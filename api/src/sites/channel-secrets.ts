import {
  chatChannels,
  type ChatChannel,
  type ChatPatch,
  type Settings,
  type SettingsPatch,
  type SmsPatch,
} from "@sidedesk/contract";
import { decrypt, encrypt } from "../core/data/secrets.ts";
import { AppError, invalid } from "../core/errors.ts";
import { assertOutboundUrl } from "../core/http/outbound-url.ts";

/** What opens a site's channels: addresses and a token, encrypted, by channel. */
export type ChannelSecrets = Partial<Record<ChatChannel | "sms", string>>;

/** Settings to be merged, which say of secrets only how they end, and the secrets beside them; null forgets one. */
export interface SplitPatch {
  patch: Record<string, unknown>;
  secrets: Partial<Record<keyof ChannelSecrets, string | null>>;
}

/** Takes the secrets out of a change of settings, so that nothing that shows, logs or compares settings ever holds one. @throws AppError 400 */
export async function splitSecrets({ channels, ...rest }: SettingsPatch): Promise<SplitPatch> {
  if (!channels) return { patch: rest, secrets: {} };
  const shown: Record<string, unknown> = { ...channels };
  const secrets: SplitPatch["secrets"] = {};
  for (const chat of chatChannels) {
    const given = channels[chat];
    if (!given) continue;
    const { url, ...plain } = given satisfies ChatPatch;
    shown[chat] = plain;
    if (url === undefined) continue;
    const address = url ? await checkAddress(chat, url) : null;
    secrets[chat] = address && encrypt(address);
    shown[chat] = { ...plain, address: address && { host: new URL(address).host, last4: address.slice(-4) } };
  }
  if (channels.sms) {
    const { authToken, baseUrl, ...plain } = channels.sms satisfies SmsPatch;
    if (baseUrl !== undefined) Object.assign(plain, { baseUrl: await checkBase(baseUrl) });
    if (authToken !== undefined) {
      secrets.sms = authToken && encrypt(authToken);
      Object.assign(plain, { authToken: authToken && { last4: authToken.length > 8 ? authToken.slice(-4) : "" } });
    }
    shown["sms"] = plain;
  }
  return { patch: { ...rest, channels: shown }, secrets };
}

/** Where Office 365 connectors used to listen. */
const connectorHosts = /(^|\.)webhook\.office(365)?\.com$/i;

async function checkAddress(chat: ChatChannel, given: string): Promise<string> {
  const path = `channels.${chat}.url`;
  const address = await assertOutboundUrl(given, path);
  if (chat !== "teams" || !connectorHosts.test(new URL(address).hostname)) return address;
  const why =
    "Microsoft has retired Office 365 connectors. Make a workflow “When a Teams webhook request is received” and give its address.";
  throw new AppError("url_not_allowed", why, { errors: [{ path, message: why }] });
}

/** Paths are put behind it, so it has neither query nor slash at its end. */
async function checkBase(given: string): Promise<string> {
  const path = "channels.sms.baseUrl";
  const address = await assertOutboundUrl(given, path);
  if (!/[?#]/.test(address)) return address.replace(/\/+$/, "");
  throw invalid(path, "The address of the service is without ? and #.");
}

/** A channel's secret as it is, for whoever sends there; null when there is none. */
export function channelSecret(
  { channelSecrets }: { channelSecrets?: ChannelSecrets | undefined },
  channel: keyof ChannelSecrets,
): string | null {
  const kept = channelSecrets?.[channel];
  return kept ? decrypt(kept) : null;
}

/** What a change writes into a site's document. */
export const secretFields = (secrets: SplitPatch["secrets"]): { $set: object; $unset: object } => {
  const all = Object.entries(secrets).map(([name, value]) => [`channelSecrets.${name}`, value] as const);
  return {
    $set: Object.fromEntries(all.filter(([, value]) => value !== null)),
    $unset: Object.fromEntries(all.filter(([, value]) => value === null).map(([name]) => [name, ""])),
  };
};

/** Channels are kept as they were last set: what came later has its default, and what is no longer known is gone. */
export function withChannelDefaults(kept: Partial<Settings["channels"]> | undefined, defaults: Settings["channels"]) {
  const merged = Object.entries(defaults).map(([name, preset]) => {
    const { url: _url, ...set } = (kept?.[name as keyof Settings["channels"]] ?? {}) as Record<string, unknown>;
    return [name, { ...preset, ...set }];
  });
  return Object.fromEntries(merged) as Settings["channels"];
}
