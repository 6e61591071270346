import { lookup } from "node:dns/promises";
import ipaddr from "ipaddr.js";
import { AppError, invalid } from "../errors.ts";
import { isAllowedAddress, isLocalhost, whyNotAddress, whyNotName } from "./outbound-address.ts";

const mostCharacters = 2048;
const lookupMs = 2000;

/**
 * Judges an address that somebody wants called, by what it spells; names are judged by what they resolve to at each call.
 * @param path of the input's field, for the error
 * @returns the address as it was given, without spaces around it
 * @throws AppError 400 url_not_allowed naming the rule, or validation_failed for what is no address at all
 */
export async function assertOutboundUrl(given: string, path = "url"): Promise<string> {
  const text = given.trim();
  const refuse = (why: string): AppError => new AppError("url_not_allowed", why, { errors: [{ path, message: why }] });
  if (text.length > mostCharacters) throw refuse(`An address has at most ${mostCharacters} characters.`);
  if (!/^[a-z][a-z0-9+.-]*:/i.test(text)) throw invalid(path, "This is not a web address: https://…");
  // eslint-disable-next-line no-control-regex -- a parser drops these silently, so that what is read is not what is called
  if (/[\u0000-\u0020\u007f\\]/.test(text) || !(text as string & { isWellFormed(): boolean }).isWellFormed())
    throw refuse("An address holds no spaces, control characters or backslashes.");
  if (!URL.canParse(text)) throw refuse("This cannot be read as an address.");
  const url = new URL(text);
  const why = whyNotUrl(url);
  if (why) throw refuse(why);
  if (url.protocol === "http:" && !(await isOpened(url))) throw refuse(httpsOnly);
  return text;
}

const httpsOnly = "Only https:// may be called; http:// where SIDEDESK_OUTBOUND_ALLOW covers the address.";

/** The rules that need no look-up; null when none is broken. */
export function whyNotUrl(url: URL): string | null {
  if (url.protocol !== "https:" && url.protocol !== "http:") return httpsOnly;
  if (url.username || url.password) return "An address with a user name or password in it is not called.";
  if (url.port === "0") return "Port 0 is not one to call.";
  if (!url.hostname) return "The address names no host.";
  const literal = literalOf(url);
  return literal ? whyNotAddress(literal, portOf(url)) : whyNotName(url.hostname);
}

const portOf = (url: URL): number => Number(url.port) || (url.protocol === "https:" ? 443 : 80);

/** The address that a URL spells instead of a name, however it is spelled: the parser has already undone that. */
function literalOf(url: URL): string | undefined {
  const bare = url.hostname.replace(/^\[|\]$/g, "").replace(/\.+$/, "");
  return ipaddr.isValid(bare) ? bare : undefined;
}

/** Whether the setting covers everything that an http:// address leads to now. */
async function isOpened(url: URL): Promise<boolean> {
  const literal = literalOf(url);
  if (literal) return isAllowedAddress(literal);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<[]>((resolve) => (timer = setTimeout(() => resolve([]), lookupMs)));
  const found = await Promise.race([lookup(url.hostname, { all: true }).catch(() => []), late]);
  clearTimeout(timer);
  const opened = found.filter(({ address }) => isAllowedAddress(address)).length;
  return opened > 0 && (opened === found.length || isLocalhost(url.hostname));
}
