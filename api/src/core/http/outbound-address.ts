import { networkInterfaces } from "node:os";
import ipaddr from "ipaddr.js";
import { config } from "../config.ts";

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Network = [Address, number];

/** Where clouds hand out credentials: opened by nothing. */
const metadata = [
  "169.254.169.254",
  "169.254.170.2",
  "169.254.170.23",
  "100.100.100.200",
  "fd00:ec2::254",
  "fd00:ec2::23",
  "fd20:ce::254",
].map((text) => ipaddr.parse(text).toNormalizedString());
const metadataNames = new Set(["metadata", "metadata.google.internal", "metadata.goog", "instance-data"]);
/** What is routed publicly in IPv6; the rest is reserved, or another way to write an IPv4 address. */
const global6 = ipaddr.parseCIDR("2000::/3") as [ipaddr.IPv6, number];

const rangeWords: Record<string, string> = {
  unspecified: "no host's address",
  loopback: "a loopback address",
  private: "a private address",
  linkLocal: "a link-local address",
  uniqueLocal: "a unique-local address",
  carrierGradeNat: "an address of a carrier's own network",
  multicast: "a multicast address",
  broadcast: "a broadcast address",
};

let parsedFor: readonly string[] | undefined;
let allowed: Network[] = [];
/** `SIDEDESK_OUTBOUND_ALLOW`, parsed once. */
function allowList(): Network[] {
  const { SIDEDESK_OUTBOUND_ALLOW: list } = config();
  if (parsedFor === list) return allowed;
  allowed = list.map((cidr) => {
    if (cidr.includes("/")) return ipaddr.parseCIDR(cidr);
    const address = ipaddr.parse(cidr);
    return [address, address.kind() === "ipv4" ? 32 : 128];
  });
  parsedFor = list;
  return allowed;
}

const covers = ([network, bits]: Network, address: Address): boolean =>
  network.kind() === address.kind() && address.match(network, bits);

const parse = (text: string): Address => ipaddr.process(text.replace(/^\[|\]$/g, "").replace(/%.*$/, ""));

/** Whether the setting opens this address. */
export const isAllowedAddress = (text: string): boolean => {
  const address = parse(text);
  return !metadata.includes(address.toNormalizedString()) && allowList().some((network) => covers(network, address));
};

const ownPorts = new Set<number>();
/** Says where this process listens, so that nobody makes it call itself. */
export const noteOwnPort = (port: number): void => void ownPorts.add(port);

/**
 * Why nothing may be sent to an address; null when it may. Judges the address itself, as it would be dialled: an IPv4
 * address inside an IPv6 one counts as the former.
 */
export function whyNotAddress(text: string, port: number): string | null {
  if (!ipaddr.isValid(text.replace(/%.*$/, ""))) return `${text} is not an address.`;
  const address = parse(text);
  const shown = address.toString();
  if (metadata.includes(address.toNormalizedString()))
    return `${shown} is a cloud's metadata address, which is never called.`;
  if (ownPorts.has(port) && isOwn(address)) return `${shown}:${port} is this desk itself, which is never called.`;
  if (isPublic(address) || isAllowedAddress(text)) return null;
  const words = rangeWords[address.range()] ?? "a reserved address";
  return `${shown} is ${words}: only public addresses may be called, and those that SIDEDESK_OUTBOUND_ALLOW lists.`;
}

function isPublic(address: Address): boolean {
  if (address.range() !== "unicast") return false;
  return address.kind() === "ipv4" || covers(global6, address);
}

function isOwn(address: Address): boolean {
  if (address.range() === "loopback" || address.range() === "unspecified") return true;
  const own = Object.values(networkInterfaces()).flatMap((list) =>
    (list ?? []).map((one) => parse(one.address).toString()),
  );
  return own.includes(address.toString());
}

/** Names that stand for this machine or a cloud's metadata, whatever a resolver says. */
export function whyNotName(name: string): string | null {
  const bare = name.toLowerCase().replace(/\.+$/, "");
  if (metadataNames.has(bare)) return `${bare} is a cloud's metadata address, which is never called.`;
  if (isLocalhost(bare) && !isAllowedAddress("127.0.0.1") && !isAllowedAddress("::1"))
    return `${bare} is this machine itself: only public addresses may be called, and those that SIDEDESK_OUTBOUND_ALLOW lists.`;
  return null;
}

export const isLocalhost = (name: string): boolean => /(^|\.)localhost\.*$/i.test(name);
