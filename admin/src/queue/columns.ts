import { msg } from "@lit/localize";
import type { Category, Ticket } from "@sidedesk/contract";
import { html, nothing } from "lit";
import { exactTime, figure, shortDate } from "@sidedesk/ui/format";
import type { Directory } from "../shell/directory.ts";
import { fieldWords } from "../shell/field-words.ts";
import { locale } from "../shell/localization.ts";
import { assigneeMark, turnChip } from "../shell/marks.ts";
import { since, statusMark, statusTone, statusWord } from "../shell/words.ts";

/** A column somebody may choose. Widths are fixed, so that nothing shifts when a row changes. */
export interface Column {
  key: string;
  label: string;
  width: number;
  /** The name is said, not shown: the content says what it is. */
  isQuiet?: boolean;
  isEnd?: boolean;
  /** In which order the list stands when it stands by this column. */
  sort?: { by: string; how: "ascending" | "descending" };
  cell: (ticket: Ticket, directory: Directory) => unknown;
}

const time = (at: string | null, words: (at: string) => string) =>
  at ? html`<time datetime=${at} title=${exactTime(at, locale())}>${words(at)}</time>` : nothing;

const date = (at: string) => shortDate(at, locale());

/** All columns in the order in which they stand. */
export function allColumns(categories: readonly Category[]): Column[] {
  return [
    { key: "number", label: msg("Number"), width: 182, cell: (one) => html`<span class="mono">${one.number}</span>` },
    {
      key: "who",
      label: msg("Customer"),
      width: 186,
      cell: ({ customer }) =>
        html`<span class="people">${customer.name || customer.email}</span>${
            customer.name ? html`<span class="meta" dir="ltr">${customer.email}</span>` : nothing
          }`,
    },
    {
      key: "status",
      label: msg("Status"),
      width: 158,
      cell: ({ status }) =>
        html`<span class="status" data-tone=${statusTone(status)}
          >${statusMark(status)}<span>${statusWord(status)}</span></span
        >`,
    },
    { key: "category", label: msg("Category"), width: 130, cell: (one, directory) => directory.labelOf(one.category) },
    ...ownColumns(categories),
    {
      key: "due",
      label: msg("Due"),
      width: 130,
      sort: { by: "slaDueAt", how: "ascending" },
      cell: (one) => turnChip(one),
    },
    { key: "team", label: msg("Team"), width: 110, cell: (one) => one.team?.name ?? nothing },
    { key: "assignee", label: msg("Assignee"), width: 44, isQuiet: true, cell: (one) => assigneeMark(one) },
    {
      key: "rating",
      label: msg("Rating"),
      width: 70,
      isEnd: true,
      cell: ({ rating }) => (rating ? `${figure(rating.score, locale())} / 5` : nothing),
    },
    {
      key: "created",
      label: msg("Created"),
      width: 84,
      isEnd: true,
      sort: { by: "-createdAt", how: "descending" },
      cell: (one) => time(one.createdAt, date),
    },
    {
      key: "updated",
      label: msg("Updated"),
      width: 74,
      isEnd: true,
      sort: { by: "-updatedAt", how: "descending" },
      cell: (one) => time(one.updatedAt, since),
    },
  ];
}

/** The fields that categories have of their own, each once, by whichever label comes first. */
function ownColumns(categories: readonly Category[]): Column[] {
  const seen = new Map<string, Column>();
  for (const field of categories.flatMap((category) => category.fields))
    if (!seen.has(field.key))
      seen.set(field.key, {
        key: `field:${field.key}`,
        label: field.label,
        width: 120,
        cell: ({ fields }) => fieldWords(fields[field.key], field.type),
      });
  return [...seen.values()];
}

/** Which go first when there is no room for all. */
const leastFirst = ["rating", "created", "number", "team", "category", "updated", "who", "status", "assignee"];
const room = 240;

/** The chosen columns that fit beside a subject that can still be read. */
export function fitting(columns: readonly Column[], width: number): Column[] {
  const left = [...columns];
  const used = () => left.reduce((sum, one) => sum + one.width, 78 + room);
  const drop = (key: string | undefined) => {
    const at = left.findIndex((one) => one.key === key);
    if (at >= 0) left.splice(at, 1);
  };
  while (used() > width && left.some((one) => one.key.startsWith("field:")))
    drop(left.findLast((one) => one.key.startsWith("field:"))?.key);
  for (const key of leastFirst) if (used() > width) drop(key);
  return left;
}
