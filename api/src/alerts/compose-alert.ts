import type { AlertKind } from "@sidedesk/contract";
import { config } from "../core/config.ts";
import { writerFor, type Writer } from "../mails/index.ts";
import type { SiteRecord } from "../sites/index.ts";
import { mostRows, type AlertContent, type AlertRow } from "./alert-content.ts";
import type { AlertDocument, AlertItem } from "./alert.model.ts";
import { composeSummary } from "./compose-summary.ts";
import { costRow } from "./cost-row.ts";
import { plain } from "./plain-words.ts";
import { ticketRow } from "./ticket-row.ts";

/** What a message says now in the site's language, read from what it is about; null when that is gone. */
export async function composeAlert(
  site: SiteRecord,
  { kind, items }: Pick<AlertDocument, "kind" | "items">,
  includeText: boolean,
): Promise<AlertContent | null> {
  const url = `${config().SIDEDESK_URL}/admin`;
  const siteName = plain(site.name);
  const writer = writerFor({ ...site, name: siteName });
  const base = { writer, siteName, url, rows: [], more: 0, figures: [], note: null };
  const { test, arrives } = writer.words.alert;
  if (kind === "test") return { ...base, title: test, url: `${url}/setup/alerts`, note: arrives };
  const [first] = items;
  if (kind === "summary") return first ? { ...base, ...(await composeSummary(site, first, writer)) } : null;
  const rows: AlertRow[] = [];
  let gone = 0;
  for (const item of items) {
    if (rows.length === mostRows) break;
    const row = item.eventId
      ? await costRow(site, item.eventId, writer)
      : await ticketRow(site, item, writer, includeText);
    if (row) rows.push(row);
    else gone += 1;
  }
  if (rows.length === 0) return null;
  const count = items.length - gone;
  return { ...base, title: titleOf(writer, kind, items, count), rows, more: count - rows.length };
}

function titleOf(
  { words, say }: Writer,
  kind: Exclude<AlertKind, "summary">,
  items: readonly AlertItem[],
  count: number,
): string {
  const { titles } = words.alert;
  const late = items.filter(({ about }) => about === "breached").length;
  const isMixed = kind === "sla" && late > 0 && late < items.length;
  const { one, many } = titles[kind !== "sla" ? kind : late > 0 ? "breached" : "warning"];
  return count === 1 && !isMixed ? one : say(isMixed ? titles.clocks : many, { count: String(count) });
}
