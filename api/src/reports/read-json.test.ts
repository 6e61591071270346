import { describe, expect, it } from "vitest";
import { readJson, type JsonRow } from "./read-json.ts";
import { largestRecord } from "./scan-json.ts";

/** The text in pieces of some length, so that every boundary falls somewhere. */
async function* pieces(text: string | Buffer, length: number): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}
async function read(text: string | Buffer, length = 7): Promise<JsonRow[]> {
  const rows: JsonRow[] = [];
  for await (const row of readJson(pieces(text, length))) rows.push(row);
  return rows;
}
const shown = (rows: JsonRow[]) =>
  rows.map((row) => ("problem" in row ? row.problem.slice(0, 20) : [row.list, row.record["id"]]));
const records = async (text: string | Buffer, length?: number) => shown(await read(text, length));

const documents: [what: string, text: string][] = [
  ["an array", '[{"id":1},{"id":2}]'],
  ["lines", '{"id":1}\n{"id":2}\n'],
  ["lines with a mark, blank ones and CR", '\ufeff{"id":1}\r\n\r\n{"id":2}'],
  ["objects one behind the other", '{\n"id":1\n}\n{"id":2}'],
  ["an array over lines", '\n[\n  {"id":1}\n ,\n  {"id":2}\n]\n'],
];

describe("records of JSON", () => {
  it.each(documents)("come from %s, wherever the pieces end", async (_what, text) => {
    for (let length = 1; length < 30; length += 1)
      expect(await records(text, length)).toEqual([
        [null, 1],
        [null, 2],
      ]);
  });

  it.each([
    [
      "in one piece",
      '{"count":2,"tickets":[{"id":1,"tags":["a]","}"]},{"id":2,"via":{"x":[{}]}}],"users":[{"id":9}],"next":null}',
    ],
    [
      "over lines",
      '{\n"users": [],\n "tickets": [\n{"id":1},\n{"id":2}\n],\n"meta":{"tickets":[{"id":5}]},"users":[{"id":9}]\n}',
    ],
    ["as a line", '{"tickets":[{"id":1},{"id":2}],"users":[{"id":9}]}\n'],
  ])("come from lists of an object %s", async (_how, text) => {
    for (const length of [1, 3, 1000])
      expect(await records(text, length)).toEqual([
        ["tickets", 1],
        ["tickets", 2],
        ["users", 9],
      ]);
  });

  it("keep what stands in strings: brackets, quotes, escapes, letters of several bytes", async () => {
    const value = { id: 1, text: 'a "]}{[" \\ \u2028 \n zürich 😀 日本' };
    for (const length of [1, 2, 5]) {
      const [row] = await read(JSON.stringify([value]), length);
      expect(row).toMatchObject({ record: value });
    }
  });

  it("a ticket with comments is one record, and comments beside tickets are told of", async () => {
    expect(await records('{"comments":[{"id":7}],"id":1}')).toEqual([[null, 1]]);
    expect(await records('{"tickets":[{"id":1}],"comments":[{"id":7}]}')).toEqual([
      ["tickets", 1],
      'The list "comments" ',
    ]);
  });
});

describe("what is broken", () => {
  it("in lines is passed over", async () => {
    expect(await records('{"id":1}\n{"id":2,\n"text\n[]\n7\n{"id":3}')).toEqual([
      [null, 1],
      ...Array.from({ length: 4 }, () => "This line is not JSO"),
      [null, 3],
    ]);
  });

  it("in a document: a record is passed over, and where the rest cannot be told it ends", async () => {
    expect(await records('[{"id":1},{"id":},{"id":3}]')).toEqual([[null, 1], "This is not JSON.", [null, 3]]);
    expect(await records('{"tickets":[{"id":1},{"id":2')).toEqual([["tickets", 1], "The file ends in the"]);
    expect(await records('[{"id":1},{"id":2}')).toEqual([[null, 1], [null, 2], "The file ends in the"]);
    expect(await records('[{"id":1}]]')).toEqual([[null, 1], "This is not JSON. No"]);
    expect(await records('[{"id":1}, oh')).toEqual([[null, 1], "This is not JSON. No"]);
    expect(await records("{")).toEqual(["The file ends in the"]);
    expect(await records("")).toEqual([]);
  });

  it("by being too long is passed over without being held", async () => {
    const long = Buffer.alloc(largestRecord + 10, "x").toString();
    for (const text of [
      `[{"id":1},{"id":2,"text":"${long}"},{"id":3}]`,
      `{"id":1}\n{"id":2,"text":"${long}"}\n{"id":3}`,
    ])
      expect(await records(text, 1 << 20)).toEqual([[null, 1], "Longer than 16 MiB; ", [null, 3]]);
  });
});

it("no more of a large file is read than is taken: each record of a megabyte is handed on before the next megabyte", async () => {
  const record = `{"id":1,"description":"${"word ".repeat(4000)}"},`;
  const piece = Buffer.from(record.repeat(50)); // a megabyte
  const megabytes = 40;
  let given = 0;
  async function* source(): AsyncGenerator<Buffer> {
    yield Buffer.from('{"tickets":[');
    for (; given < megabytes; given += 1) yield piece;
    yield Buffer.from('{"id":2}]}');
  }
  let taken = 0;
  let [ahead, broken] = [0, 0];
  for await (const row of readJson(source())) {
    taken += 1;
    // The first line is looked for in the first 16 MiB; from there on nothing is read ahead.
    if (taken > 17 * 50) ahead = Math.max(ahead, given - Math.floor(taken / 50));
    broken += "problem" in row ? 1 : 0;
  }
  expect([taken, ahead, broken]).toEqual([megabytes * 50 + 1, 0, 0]);
});
