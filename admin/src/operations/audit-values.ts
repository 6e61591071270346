import { msg, str } from "@lit/localize";
import type { Role, SiteKey, TicketPriority, TicketStatus, Webhook } from "@sidedesk/contract";
import { figure, sizeWords } from "@sidedesk/ui/format";
import { listed } from "@sidedesk/ui/listed";
import type { Directory } from "../shell/directory.ts";
import { locale } from "../shell/localization.ts";
import { keyKindWord, roleWord, webhookStateWord } from "../shell/set-up-words.ts";
import { priorityWord, statusWord } from "../shell/words.ts";

/** Ids of other records: they say nothing to whoever reads. */
export const isShown = (field: string): boolean => field !== "erasureId";

const last = (field: string): string => field.split(".").at(-1) ?? field;

/** What a value is of. What is rare is named as in the settings, its words apart. */
export function fieldWord(field: string): string {
  const words: Record<string, string> = {
    ip: msg("Network address"),
    memberIds: msg("Members"),
    roundRobin: msg("In turn"),
    retentionDays: msg("Retention"),
    role: msg("Role"),
    email: msg("Email"),
    name: msg("Name"),
    categories: msg("Categories"),
    tickets: msg("Tickets"),
    comments: msg("Comments"),
    files: msg("Files"),
    notifications: msg("Notices"),
    state: msg("Status"),
    rows: msg("Rows"),
    bytes: msg("Size"),
    format: msg("Format"),
    filters: msg("Filters"),
    kind: msg("Kind"),
    label: msg("What it is for"),
    origins: msg("Origins"),
    locale: msg("Language"),
    timezone: msg("Time zone"),
    invited: msg("Invited"),
    url: msg("Webhook address"),
    events: msg("What it tells of"),
  };
  return words[last(field)] ?? plainly(field);
}

/** "sla.businessHours" as "sla, business hours". */
const plainly = (field: string): string =>
  listed(
    field.split(".").map((part) => part.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)),
    locale(),
  );

/** A value as one reads it: names for ids, and how many where there are no names. */
export function valueWord(field: string, value: unknown, directory: Directory): string {
  if (value === undefined || value === null || value === "") return "–";
  if (typeof value === "boolean") return value ? msg("Yes") : msg("No");
  if (typeof value === "number") return numberWord(last(field), value);
  if (Array.isArray(value)) return listWord(value, directory);
  if (typeof value === "string") return textWord(field, value, directory);
  return listWord(Object.keys(value), directory);
}

function numberWord(field: string, value: number): string {
  const words = figure(value, locale());
  if (field === "retentionDays") return msg(str`${words} days`);
  return field === "bytes" ? sizeWords(value, locale()) : words;
}

function listWord(values: readonly unknown[], directory: Directory): string {
  const words = values.map((value) => nameOf(value, directory));
  return words.length > 0 && words.every((word) => word !== undefined)
    ? listed(words, locale())
    : figure(values.length, locale());
}

/** What stands for itself, or has a name that is known. */
function nameOf(value: unknown, directory: Directory): string | undefined {
  if (typeof value === "string") return isId(value) ? personOrTeam(value, directory) : value;
  if (typeof value !== "object" || value === null) return undefined;
  return "label" in value && typeof value.label === "string" ? value.label : undefined;
}

const textWord = (field: string, value: string, directory: Directory): string => {
  if (last(field) === "priority") return priorityWord(value as TicketPriority);
  if (last(field) === "status") return statusWord(value as TicketStatus);
  if (last(field) === "role") return roleWord(value as Role);
  if (field === "kind") return keyKindWord(value as SiteKey["kind"]); // nothing else that is audited has one
  if (field === "state") return webhookStateWord(value as Webhook["state"]);
  return isId(value) ? (personOrTeam(value, directory) ?? "–") : value;
};

const isId = (value: string): boolean => /^[0-9a-f]{24}$/.test(value);
const personOrTeam = (id: string, directory: Directory): string | undefined =>
  directory.nameOf(id) ?? directory.teams.find((team) => team.id === id)?.name;
