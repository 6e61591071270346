import { email as emailSchema, tags as tagsSchema, type Customer } from "@sidedesk/contract";
import { cut } from "../core/cut.ts";
import { idOf } from "../core/data/ids.ts";
import { AppError, invalid } from "../core/errors.ts";
import type { SiteRecord } from "../sites/index.ts";
import { authorKey, isTicketNumber, type NewTicket } from "../tickets/index.ts";
import type { ImportPerson } from "./import-person.model.ts";
import type { ReadyRow } from "./import-row.ts";
import { categoryKey, priorityOf, statusOf, timeOf } from "./import-values.ts";
import type { JsonRecord } from "./read-json.ts";
import { entriesOf, readConversation, type Author, type Said } from "./zendesk-conversation.ts";
import { personOf, recordOf, recordsIn, textOf, type ZendeskPerson } from "./zendesk-record.ts";
import { atLeast, mostSubject } from "./zendesk-texts.ts";

export interface ZendeskContext {
  site: SiteRecord;
  /** Active staff by address. */
  staff: ReadonlyMap<string, { id: string; name: string }>;
  /** People of this file and of earlier ones, by their number there. */
  people: ReadonlyMap<string, ImportPerson>;
}

/** The numbers of all whom a ticket names. */
export const peopleNamed = (record: JsonRecord): string[] =>
  [
    record["requester_id"],
    record["submitter_id"],
    record["assignee_id"],
    ...recordsIn(record["comments"]).map((comment) => comment["author_id"]),
  ].flatMap((id) => textOf(id) ?? []);

/** What a ticket is known by: whoever reads it in again, from another file too, finds it there. Numbers begin anew in each account. */
export function zendeskId(siteId: string, record: JsonRecord): string | undefined {
  const id = textOf(record["id"]);
  const host = /^https:\/\/([^/]+)\//.exec(textOf(record["url"]) ?? "")?.[1] ?? "";
  return id === undefined ? undefined : idOf(siteId, "zendesk", host.toLowerCase(), id);
}

/** A ticket as Zendesk exports it, with its conversation. @throws AppError 400 naming what is wrong */
export function readZendeskTicket(
  context: ZendeskContext,
  record: JsonRecord,
  row: { line: number; id: string },
): ReadyRow {
  const { site } = context;
  const given = (...names: string[]) => names.map((name) => textOf(record[name])).find((text) => text !== undefined);
  if (given("status") === "deleted") throw new AppError("validation_failed", "It was deleted in Zendesk.");
  const foreignId = given("id");
  const label = foreignId && /^\d+$/.test(foreignId) ? `Zendesk #${foreignId}` : "From an import";
  const requester = requesterOf(context, record);
  const createdAt = timeOf("created_at", given("created_at", "createdAt")) ?? new Date();
  const { description, rest, filesLeft } = readConversation(record, createdAt);
  const authorOf = authorsOf(context, record, requester);
  const subject = given("subject", "raw_subject", "title") ?? "";
  const isLong = subject.length > mostSubject;
  const number = given("number")?.toUpperCase();
  const known = {
    subject: atLeast(3, cut(subject, mostSubject), label),
    // A subject that does not fit stands whole above the text.
    description: atLeast(10, isLong ? `${subject}\n\n${description}` : description, label),
    priority: priorityOf(given("priority")),
    category: knownCategory(site, given("category"), given("type")),
    tags: tagsOf(record["tags"]),
  };
  const past = pastOf(context, record, { createdAt, rest, authorOf, given, number });
  const ticketFor = (customer: Customer): NewTicket => ({
    ...known,
    customer,
    fields: null,
    channel: "import",
    ...(label.startsWith("Zendesk") && foreignId ? { reference: { type: "zendesk", id: foreignId, label } } : {}),
    past: { id: row.id, ...past },
  });
  return {
    line: row.line,
    id: row.id,
    person: requester,
    number: past.number,
    ticketFor,
    filesLeft,
    conversation: (customer) => entriesOf(rest, (one) => authorOf(one, customer)),
    foundBy: foreignId ? [foreignId] : [],
  };
}

/** @throws AppError 400 when nobody could be written to */
function requesterOf({ people }: ZendeskContext, record: JsonRecord): { email: string; name: string | undefined } {
  const id = textOf(record["requester_id"]);
  const source = recordOf(recordOf(recordOf(record["via"])["source"])["from"]);
  const candidates = [
    personOf(record["requester"]),
    personOf(record["customer"]),
    ...(id && people.has(id) ? [people.get(id) as ImportPerson] : []),
    { email: textOf(source["address"]), name: textOf(source["name"]) },
    { email: textOf(record["requester_email"]) ?? textOf(record["email"]), name: textOf(record["requester_name"]) },
  ];
  const found = candidates.find(({ email }) => email);
  if (!found?.email)
    throw invalid(
      "requester",
      id
        ? `Nobody with an address is known as ${id}. Import the file of users first, then this one again.`
        : "There is no address of whoever asked.",
    );
  const address = emailSchema.safeParse(found.email);
  if (!address.success) throw invalid("requester", `${found.email.slice(0, 100)} is not an address.`);
  const name = found.name ?? candidates.find((one) => one.name)?.name;
  return { email: address.data, name: name?.slice(0, 200) };
}

type AuthorOf = (one: Said, customer?: Customer) => Author;

/** Who wrote what: by role where the file says it; notes are written by staff alone; and who did not ask answers. */
function authorsOf(
  { site, staff, people }: ZendeskContext,
  record: JsonRecord,
  requester: { email: string },
): AuthorOf {
  const requesterId = textOf(record["requester_id"]) ?? textOf(recordOf(record["requester"])["id"]);
  const embedded = new Map<string, ZendeskPerson>(
    ["requester", "submitter", "assignee"].flatMap((role) => {
      const id = textOf(recordOf(record[role])["id"]);
      return id ? [[id, personOf(record[role])] as const] : [];
    }),
  );
  return (one, customer) => {
    const written = personOf(one.author);
    const person = [written, embedded.get(one.authorId ?? ""), people.get(one.authorId ?? "")].find(
      (each) => each?.name ?? each?.email,
    );
    const address = person?.email?.toLowerCase();
    const colleague = address ? staff.get(address) : undefined;
    const isRequester = one.authorId === undefined ? !colleague && !person : one.authorId === requesterId;
    if ((isRequester || address === requester.email) && one.isPublic)
      return { author: { type: "customer", id: customer?.id ?? null, name: customer?.name ?? person?.name ?? "" } };
    const isStaff = colleague !== undefined || !one.isPublic || (person?.isStaff ?? true);
    const name = colleague?.name ?? person?.name ?? address?.split("@")[0] ?? "Support";
    const author = {
      type: isStaff ? "staff" : "customer",
      id: colleague?.id ?? null,
      name: name.slice(0, 200),
    } as const;
    return { author, ...(address && !colleague ? { authorKey: authorKey(site.id, address) } : {}) };
  };
}

function pastOf(
  { staff, people }: ZendeskContext,
  record: JsonRecord,
  known: {
    createdAt: Date;
    rest: readonly Said[];
    authorOf: AuthorOf;
    given: (...names: string[]) => string | undefined;
    number: string | undefined;
  },
): Omit<NonNullable<NewTicket["past"]>, "id"> {
  const { createdAt, rest, authorOf, given, number } = known;
  const after = (path: string, text: string | undefined): Date | undefined => {
    const time = timeOf(path, text);
    return time && time < createdAt ? createdAt : time;
  };
  const metrics = recordOf(record["metric_set"]);
  const answer = rest.find((one) => one.isPublic && authorOf(one).author.type === "staff")?.at;
  const minutes = Number(recordOf(metrics["reply_time_in_minutes"])["calendar"] ?? Number.NaN);
  const replied = Number.isFinite(minutes) ? new Date(createdAt.getTime() + minutes * 60_000) : undefined;
  const updatedAt = after("updated_at", given("updated_at", "updatedAt")) ?? createdAt;
  const resolvedAt =
    after("solved_at", textOf(metrics["solved_at"]) ?? given("solved_at", "resolvedAt", "resolved_at")) ?? null;
  const assignee = personOf(record["assignee"]).email ?? people.get(textOf(record["assignee_id"]) ?? "")?.email;
  return {
    number: number && isTicketNumber(number) ? number : undefined,
    status: statusOf(given("status")) ?? "open",
    // Whoever has left since is nobody a ticket could wait for.
    assignee: (assignee ? staff.get(assignee.toLowerCase()) : undefined) ?? null,
    createdAt,
    updatedAt,
    firstRespondedAt:
      answer ?? replied ?? after("first_responded_at", given("first_responded_at", "firstRespondedAt")) ?? null,
    resolvedAt,
    rating: ratingOf(record, resolvedAt ?? updatedAt),
  };
}

/** Zendesk asks "good or bad?"; what is offered and not answered is no rating. */
function ratingOf(record: JsonRecord, createdAt: Date): NonNullable<NewTicket["past"]>["rating"] {
  const { score, comment } = recordOf(record["satisfaction_rating"] ?? record["rating"]);
  const word = textOf(score)?.toLowerCase() ?? "";
  const stars = word === "good" ? 5 : word === "bad" ? 1 : /^[1-5]$/.test(word) ? Number(word) : undefined;
  return stars === undefined ? null : { score: stars, comment: textOf(comment)?.slice(0, 2000) ?? null, createdAt };
}

/** The category named, or one that is called like the kind of ticket; else the site's default. */
const knownCategory = (site: SiteRecord, ...names: (string | undefined)[]): string | undefined =>
  names
    .map((name) => categoryKey(site, name))
    .find((key) => site.settings.categories.some((category) => category.key === key));

/** As many and as long as ours may be. */
function tagsOf(value: unknown): string[] {
  const list = Array.isArray(value) ? value : (textOf(value)?.split(/[\s,]+/) ?? []);
  const texts = list.flatMap((tag) => textOf(tag)?.slice(0, 40).trim() || []);
  return tagsSchema.parse([...new Set(texts.map((tag) => tag.toLowerCase()))].slice(0, 20));
}
