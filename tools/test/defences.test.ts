import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { defences } from "../mutants/defences.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

describe("the list of defences", () => {
  it("names each once, and at least forty", () => {
    const names = defences.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThanOrEqual(40);
  });

  it.each(defences)("shows where it is that $name", ({ file, from, to, tests }) => {
    const source = readFileSync(`${root}${file}`, "utf8");
    expect(source.split(from)).toHaveLength(2);
    expect(to).not.toBe(from);
    for (const test of tests) expect(existsSync(`${root}${test}`), test).toBe(true);
  });
});
