import type { JsonRecord } from "./read-json.ts";

/* What Zendesk's exports and API call things. Nothing is taken for granted: a file may have been put together by hand. */

/** A text or number as text without what no database stores; undefined when it says nothing. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === "number") return String(value);
  if (typeof value !== "string") return undefined;
  return (value as string & { toWellFormed(): string }).toWellFormed().replaceAll("\0", "").trim() || undefined;
}

export const recordOf = (value: unknown): JsonRecord =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonRecord) : {};
export const recordsIn = (value: unknown): JsonRecord[] => (Array.isArray(value) ? value.map(recordOf) : []);

const ticketMarks = ["subject", "raw_subject", "description", "requester_id", "requester", "comments"];

/** What a record is. The API wraps single ones by their kind. */
export function kindOf(list: string | null, given: JsonRecord): { kind: "ticket" | "user" | null; record: JsonRecord } {
  if (list === "tickets") return { kind: "ticket", record: given };
  if (list === "users") return { kind: "user", record: given };
  if (given["ticket"]) return { kind: "ticket", record: { comments: given["comments"], ...recordOf(given["ticket"]) } };
  if (given["user"]) return { kind: "user", record: recordOf(given["user"]) };
  if (ticketMarks.some((mark) => mark in given)) return { kind: "ticket", record: given };
  return { kind: "email" in given && "name" in given ? "user" : null, record: given };
}

/** A person of the file, as far as they can be written to. */
export interface ZendeskPerson {
  email: string | undefined;
  name: string | undefined;
  /** Undefined when the file does not say. */
  isStaff: boolean | undefined;
}

export function personOf(value: unknown): ZendeskPerson {
  const { email, name, role } = recordOf(value);
  const known = textOf(role);
  return {
    email: textOf(email),
    name: textOf(name),
    isStaff: known === undefined ? undefined : known !== "end-user",
  };
}
