import { readAddress, type OwnAddress } from "../channels/index.ts";
import { addressKey } from "../core/data/ids.ts";

/** Where forwarding and delivery write whom a mail was for, the surest first. */
const recipientHeaders = [
  "delivered-to",
  "x-original-to",
  "envelope-to",
  "x-envelope-to",
  "x-forwarded-to",
  "to",
  "cc",
];
const mostLooked = 200;

/** The bytes of a mail before its first empty line, for looking at addresses alone; no more than this is looked through. */
export const headBytes = 64 * 1024;

/** Header fields by lower-case name, each value on one line, in the order in which they stand. */
export function headerFields(head: string): { name: string; value: string }[] {
  const end = /\r?\n\r?\n/.exec(head)?.index ?? head.length;
  return head
    .slice(0, end)
    .replace(/\r?\n[ \t]+/g, " ")
    .split(/\r?\n/)
    .flatMap((line) => {
      const at = line.indexOf(":");
      return at > 0 ? [{ name: line.slice(0, at).trim().toLowerCase(), value: line.slice(at + 1).trim() }] : [];
    });
}

/**
 * Which of our addresses a mail was sent to. One that is signed for somebody comes before one of a site: who answers to all
 * writes to both.
 */
export function recipientOf(fields: readonly { name: string; value: string }[]): OwnAddress | null {
  const found = addressesIn(fields).flatMap((address) => readAddress(address) ?? []);
  return found.find(({ kind }) => kind !== "site") ?? found[0] ?? null;
}

const addressesIn = (fields: readonly { name: string; value: string }[]): string[] =>
  recipientHeaders
    .flatMap((header) => fields.filter(({ name }) => name === header))
    .flatMap(({ value }) => value.slice(0, 8192).match(/[^\s<>,;:"()[\]]+@[^\s<>,;:"()[\]]+/g) ?? [])
    .slice(0, mostLooked);

export const recipientKey = (address: string): string => addressKey(address, "recipient");
/** All whom a mail was sent to, so that it is found by them and names nobody. */
export const recipientKeys = (fields: readonly { name: string; value: string }[]): string[] => [
  ...new Set(addressesIn(fields).map(recipientKey)),
];
