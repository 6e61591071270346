import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { faults } from "../support/fault-list.ts";
import { sourceFiles, top } from "../support/source-files.ts";

const tests = sourceFiles()
  .filter(({ path }) => path.startsWith("test/faults/"))
  .flatMap(({ text }) => [...text.matchAll(/\bfaultRow\(\s*(\d+),\s*"((?:[^"\\]|\\.)*)"/g)])
  .map(([, row, name]) => ({ row: Number(row), name: name! }));
const readme = readFileSync(join(top, "api/README.md"), "utf8");

describe("the faults of DELIVERY.md", () => {
  it.each(Object.entries(faults))("%s, %s, has a test that pulls the plug", (row) => {
    expect(tests.filter((test) => test.row === Number(row))).not.toEqual([]);
  });

  it("stand in api/README.md, each with the tests that show it, and no others", () => {
    const rows = readme.split("\n").flatMap((line) => {
      const cells = /^\|\s*(\d+)\s*\|([^|]*)\|([^|]*)\|/.exec(line);
      return cells
        ? [{ row: Number(cells[1]), names: [...cells[3]!.matchAll(/_([^_]+)_/g)].map(([, name]) => name) }]
        : [];
    });
    for (const row of Object.keys(faults).map(Number)) {
      const named = rows.find((one) => one.row === row)?.names;
      expect([row, named?.sort()]).toEqual([
        row,
        tests
          .filter((test) => test.row === row)
          .map(({ name }) => name)
          .sort(),
      ]);
    }
  });
});
