import { createHmac, timingSafeEqual } from "node:crypto";
import { config } from "../core/config.ts";
import { derivedKey } from "../core/data/secrets.ts";

/** What an address of ours stands for. */
export type OwnAddress =
  | { kind: "customer"; ticketId: string }
  | { kind: "staff"; ticketId: string; staffId: string }
  | { kind: "bounce"; emailId: string }
  | { kind: "site"; slug: string };

const letters = { customer: "c", staff: "s", bounce: "b" } as const;
type Kind = keyof typeof letters;
const kinds = { c: "customer", s: "staff", b: "bounce" } as const;
/** 64 bits: it cannot be tried out offline, and who guesses one would still have to write from the person's address. */
const tagBytes = 8;
const longestLocal = 64;

/** Where an answer to a mail about a ticket goes: signed for this ticket and person. Undefined when no mail comes in. */
export const replyAddress = (to: { ticketId: string; staffId?: string | null }): string | undefined =>
  to.staffId ? signed("staff", [to.ticketId, to.staffId]) : signed("customer", [to.ticketId]);

/** Who is told when one of our mails could not be delivered: the sender of its envelope. */
export const bounceAddress = (emailId: string): string | undefined => signed("bounce", [emailId]);

/** Where a mail opens a new ticket of a site. */
export const siteAddress = (slug: string): string | undefined => address(slug);

/** What an address stands for; null when it is none of ours or its signature is not right. */
export function readAddress(given: string): OwnAddress | null {
  const inbound = setUp();
  const [local = "", domain = "", ...rest] = given.trim().toLowerCase().split("@");
  if (!inbound || rest.length > 0 || domain !== inbound.domain || !local.startsWith(inbound.prefix)) return null;
  const detail = local.slice(inbound.prefix.length);
  return (
    readSigned(detail) ??
    (/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(detail) ? { kind: "site", slug: detail } : null)
  );
}

/** Whether an address is one that we gave out for answers, or what such addresses are made from. */
export function isInbound(given: string): boolean {
  const own = readAddress(given);
  return (own !== null && own.kind !== "site") || given.trim().toLowerCase() === config().SIDEDESK_INBOUND_ADDRESS;
}

/** `reply@desk.example` is told apart by what follows a plus; `*@desk.example` by all of what stands before the @. */
function setUp(): { prefix: string; domain: string } | undefined {
  const [local = "", domain] = config().SIDEDESK_INBOUND_ADDRESS?.split("@") ?? [];
  return domain ? { prefix: local === "*" ? "" : `${local}+`, domain } : undefined;
}

function address(detail: string): string | undefined {
  const inbound = setUp();
  if (!inbound || inbound.prefix.length + detail.length > longestLocal) return undefined;
  return `${inbound.prefix}${detail}@${inbound.domain}`;
}

const isId = (id: string): boolean => /^[0-9a-f]{24}$/.test(id);

function signed(kind: Kind, ids: string[]): string | undefined {
  if (!ids.every(isId)) return undefined;
  const bytes = Buffer.from(ids.join(""), "hex");
  return address(letters[kind] + toBase32(Buffer.concat([bytes, tagOf(kind, bytes)])));
}

/** Case and all: some servers write addresses in lower case, so nothing here depends on it. */
function readSigned(detail: string): OwnAddress | null {
  const match = /^([csb])([a-z2-7]{32}|[a-z2-7]{52})$/.exec(detail);
  const kind = kinds[match?.[1] as keyof typeof kinds];
  const bytes = fromBase32(match?.[2] ?? "");
  const ids = bytes.subarray(0, -tagBytes);
  if (!match || ids.length !== (kind === "staff" ? 24 : 12)) return null;
  if (!timingSafeEqual(bytes.subarray(-tagBytes), tagOf(kind, ids))) return null;
  const [first, second] = [ids.subarray(0, 12).toString("hex"), ids.subarray(12).toString("hex")];
  if (kind === "staff") return { kind, ticketId: first, staffId: second };
  return kind === "customer" ? { kind, ticketId: first } : { kind, emailId: first };
}

const tagOf = (kind: Kind, ids: Buffer): Buffer =>
  createHmac("sha256", derivedKey("reply-address")).update(letters[kind]).update(ids).digest().subarray(0, tagBytes);

const alphabet = "abcdefghijklmnopqrstuvwxyz234567";

/** RFC 4648, lower case and without padding: an address has no room for more, and no case to rely on. */
function toBase32(bytes: Buffer): string {
  let text = "";
  let value = 0;
  let bits = 0;
  for (const byte of bytes) {
    value = (value << 8) | byte;
    for (bits += 8; bits >= 5; bits -= 5) text += alphabet[(value >>> (bits - 5)) & 31];
    value &= (1 << bits) - 1;
  }
  return bits > 0 ? text + alphabet[(value << (5 - bits)) & 31] : text;
}

function fromBase32(text: string): Buffer {
  const bytes: number[] = [];
  let value = 0;
  let bits = 0;
  for (const letter of text) {
    value = (value << 5) | alphabet.indexOf(letter);
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((value >>> bits) & 255);
    value &= (1 << bits) - 1;
  }
  return Buffer.from(bytes);
}
