import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { alignedTable, markdownTable } from "@aide-ts/run/report";

describe("an aligned table", () => {
  it("has columns as wide as their widest cell, and nothing behind the last", () => {
    const rows = [
      ["name", "size", ""],
      ["a longer one", "3", "x"],
    ];
    expect(alignedTable(rows)).toEqual(["name          size", "a longer one  3     x"]);
    expect(alignedTable(rows, { gap: " | ", least: [0, 6] })).toEqual([
      "name         | size   |",
      "a longer one | 3      | x",
    ]);
  });
});

describe("a table in Markdown", () => {
  it("has as many cells in each row as in its head, whatever they hold", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string(), fc.string({ unit: "grapheme" }))), (body) => {
        const lines = markdownTable(["one", "other | one"], body).split("\n");
        expect(lines).toHaveLength(body.length + 2);
        for (const line of lines) expect(line.replaceAll("\\|", "").match(/\|/g)).toHaveLength(3);
      }),
    );
  });
});
