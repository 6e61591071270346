/**
 * What our own mail server found out about a sender (RFC 8601). Only the first header of the server that the operator names
 * counts: any other may have been written by whoever sent the mail.
 *
 * @param from the address in the mail's From
 * @returns null when the sender is who they say, else what is wrong
 */
export function senderProblem(
  fields: readonly { name: string; value: string }[],
  server: string,
  from: string,
): string | null {
  const found = fields
    .filter(({ name }) => name === "authentication-results")
    .map(({ value }) => withoutComments(value))
    .find((value) => (value.split(";")[0] ?? "").trim().split(/\s+/)[0]?.toLowerCase() === server.toLowerCase());
  if (!found) return `No result of ${server} stands in the mail.`;
  const results = found.split(";").slice(1).map(readResult);
  const domain = domainOf(from);
  const dmarc = results.find(({ method }) => method === "dmarc");
  if (dmarc?.result === "pass") return null;
  if (dmarc?.result === "fail") return "DMARC failed.";
  const isVouched = results.some(
    ({ method, result, properties }) =>
      result === "pass" &&
      ((method === "dkim" && isAligned(properties["header.d"] ?? domainOf(properties["header.i"] ?? ""), domain)) ||
        (method === "spf" && isAligned(domainOf(properties["smtp.mailfrom"] ?? ""), domain))),
  );
  return isVouched ? null : `Neither SPF nor DKIM vouch for ${domain}.`;
}

interface Result {
  method: string;
  result: string;
  properties: Record<string, string>;
}

function readResult(text: string): Result {
  const words = text.trim().toLowerCase().split(/\s+/);
  const [method = "", result = ""] = (words[0] ?? "").split("=");
  const properties = words.slice(1).map((word) => {
    const at = word.indexOf("=");
    return [word.slice(0, at), word.slice(at + 1).replace(/^"|"$/g, "")] as const;
  });
  return { method: method.split("/")[0] ?? "", result, properties: Object.fromEntries(properties) };
}

/** `(…)` may hold anything, results that look true included; and they may be nested. */
function withoutComments(text: string): string {
  let depth = 0;
  let isQuoted = false;
  let kept = "";
  for (const letter of text) {
    if (letter === '"' && depth === 0) isQuoted = !isQuoted;
    if (letter === "(" && !isQuoted) depth += 1;
    else if (letter === ")" && !isQuoted && depth > 0) depth -= 1;
    else if (depth === 0) kept += letter;
  }
  return kept.replace(/\s*=\s*/g, "=");
}

const domainOf = (address: string): string => address.slice(address.lastIndexOf("@") + 1).toLowerCase();
/** The same domain, or one below the other: without the list of public suffixes, neither of one label. */
const isAligned = (by: string, domain: string): boolean =>
  by.includes(".") && (by === domain || domain.endsWith(`.${by}`) || by.endsWith(`.${domain}`));
