import { AddressError } from "./outbound.ts";

const classes: Record<string, [name: string, words: string]> = {
  ENOTFOUND: ["dns", "The name has no address"],
  EAI_AGAIN: ["dns", "The name could not be looked up"],
  ECONNREFUSED: ["connect", "The connection was refused"],
  EHOSTUNREACH: ["connect", "There is no way to the address"],
  ENETUNREACH: ["connect", "There is no way to the address"],
  UND_ERR_CONNECT_TIMEOUT: ["timeout", "No connection within 30 s"],
  ETIMEDOUT: ["timeout", "No connection in time"],
  ECONNRESET: ["broken", "The line broke off"],
  EPIPE: ["broken", "The line broke off"],
  UND_ERR_SOCKET: ["broken", "The line broke off"],
  UND_ERR_HEADERS_OVERFLOW: ["protocol", "The answer's head is too long"],
};

/**
 * What broke a call to the outside, as a class to count and in words that hold nothing of the address but its host.
 * @param isLate whether its deadline of so many `seconds` had passed
 */
export function outboundError(error: unknown, seconds: number, isLate: boolean): { class: string; error: string } {
  if (isLate) return { class: "timeout", error: `No whole answer within ${seconds} s.` };
  if (error instanceof AddressError) return { class: "address", error: error.message.slice(0, 500) };
  const { code = "", message, name } = error as { code?: string; message: string; name?: string };
  const known = classes[code];
  if (known) return { class: known[0], error: `${known[1]} (${code}).` };
  if (/CERT|SSL|TLS|SIGNATURE|SELF_SIGNED/i.test(code)) return { class: "tls", error: `TLS failed: ${code}.` };
  if (code.startsWith("HPE_") || name === "HTTPParserError")
    return { class: "protocol", error: `The answer is not HTTP${code ? ` (${code})` : ""}.` };
  return { class: "broken", error: `${message.slice(0, 300)}${code ? ` (${code})` : ""}` };
}
