import { msg } from "@lit/localize";
import type { Ticket } from "@sidedesk/contract";
import { html, type TemplateResult } from "lit";

const places = /\{\{([^{}]*)\}\}/g;

/** What a canned reply's variables stand for, as far as the console knows; the desk fills them in itself when it is used. */
export function valuesFor(ticket: Ticket | null, staff: string, site: string): Record<string, string> {
  const first = (name: string) => name.trim().split(/\s+/)[0] ?? "";
  const { customer } = ticket ?? {};
  return {
    "customer.name": customer?.name ?? "",
    "customer.firstName": first(customer?.name ?? ""),
    "customer.email": customer?.email ?? "",
    "ticket.number": ticket?.number ?? "",
    "ticket.subject": ticket?.subject ?? "",
    "staff.name": staff,
    "staff.firstName": first(staff),
    "site.name": site,
  };
}

/** A reply as it will read, with what is filled in marked. What nobody knows yet stays as its name. */
export function filledIn(body: string, values: Record<string, string>): TemplateResult {
  const parts: (string | TemplateResult)[] = [];
  let at = 0;
  for (const match of body.matchAll(places)) {
    const [name = "", fallback = ""] = (match[1] ?? "").split("|").map((part) => part.trim());
    parts.push(body.slice(at, match.index), html`<mark>${values[name] || fallback || name}</mark>`);
    at = match.index + match[0].length;
  }
  const all = [...parts, body.slice(at)];
  return html`<p class="filled">${all}</p>`;
}

/** What a reply can say of its ticket, as the desk knows them. */
export const replyVariables = [
  "customer.name",
  "customer.firstName",
  "customer.email",
  "ticket.number",
  "ticket.subject",
  "staff.name",
  "staff.firstName",
  "site.name",
] as const;

/** Somebody and something to show how a reply reads. */
export const sampleValues = (staff: string, site: string): Record<string, string> => ({
  ...valuesFor(null, staff, site),
  "customer.name": "Mara Lindqvist",
  "customer.firstName": "Mara",
  "customer.email": "mara@example.com",
  "ticket.number": "TKT-20261120-7Q2MX4KD",
  "ticket.subject": msg("The order has not arrived"),
});
