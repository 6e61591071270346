import { AppError } from "../core/errors.ts";
import { findPeople, keepPeople } from "./import-person.model.ts";
import { notePeople } from "./import.model.ts";
import { readJsonFile, type JsonRecord } from "./read-json.ts";
import { sorted, type ImportSource, type SourceContext, type SourceRow } from "./source-rows.ts";
import { kindOf, personOf, textOf } from "./zendesk-record.ts";
import { peopleNamed, readZendeskTicket, zendeskId } from "./zendesk-ticket.ts";

const peopleAtOnce = 1000;

/** Tickets by their place among the tickets of the file, and people, as they come. */
async function* readItems(file: string): AsyncGenerator<SourceRow | { person: JsonRecord }> {
  let line = 0;
  for await (const row of readJsonFile(file)) {
    const { bytes } = row;
    if ("problem" in row) {
      yield { line: (line += 1), bytes, problem: row.problem };
      continue;
    }
    const { kind, record } = kindOf(row.list, row.record);
    if (kind === "user") yield { person: record };
    else if (kind === "ticket") yield { line: (line += 1), bytes, value: record, size: row.size };
    else yield { line: (line += 1), bytes, problem: "This is neither a ticket nor a person." };
  }
}

/** How many tickets there are, broken ones too. @throws AppError 400 for a file without a ticket or a person in it */
export async function countTickets(file: string): Promise<number> {
  let [lines, isOfUse, problem] = [0, false, ""];
  for await (const item of readItems(file)) {
    if (!("person" in item)) lines = item.line;
    if ("problem" in item) problem ||= item.problem;
    else isOfUse = true;
  }
  if (!isOfUse) throw new AppError("validation_failed", problem || "There is no ticket and nobody in this file.");
  return lines;
}

/**
 * A JSON file as Zendesk's exports and API write it: tickets with their comments, people, or both in any order. Tickets name
 * people by number, so these are read first and kept for other files of the same export.
 */
export function zendeskSource(file: string, context: SourceContext): ImportSource {
  const { site } = context;
  return {
    prepare: async ({ _id, people: known }) => {
      if (known !== undefined) return;
      let count = 0;
      let held: Parameters<typeof keepPeople>[1][number][] = [];
      const keep = async () => {
        await keepPeople(site.id, held);
        held = [];
      };
      for await (const item of readItems(file)) {
        if (!("person" in item)) continue;
        const key = textOf(item.person["id"]);
        const { email, name, isStaff = false } = personOf(item.person);
        if (key === undefined || (!email && !name)) continue;
        count += 1;
        held.push({
          key,
          email: email?.toLowerCase().slice(0, 254) ?? null,
          name: name?.slice(0, 200) ?? null,
          isStaff,
        });
        if (held.length >= peopleAtOnce) await keep();
      }
      await keep();
      await notePeople(_id, count);
    },
    rows: async function* () {
      for await (const item of readItems(file)) if (!("person" in item)) yield item;
    },
    read: async (rows) => {
      const named = new Set(rows.flatMap(({ value }) => peopleNamed(value as JsonRecord)));
      const people = await findPeople(site.id, named);
      return sorted(rows, ({ value, line, id }) => {
        const record = value as JsonRecord;
        return readZendeskTicket({ ...context, people }, record, { line, id: zendeskId(site.id, record) ?? id });
      });
    },
  };
}
