import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { defences } from "../mutants/defences.ts";
import { read, sourcesOf } from "../mutants/source.ts";
import { without } from "../mutants/without.ts";
import { withRenamedVariables } from "./renamed-variables.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

describe("the list of defences", () => {
  it("names each once, and at least forty", () => {
    const names = defences.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThanOrEqual(40);
  });

  describe.each([...Map.groupBy(defences, (defence) => defence.package)])("of %s", (name, own) => {
    const sources = sourcesOf(root, name);

    it.each(own)("shows where it is that $name", (defence) => {
      const { path, text } = without(defence, sources);
      expect(text).not.toBe(readFileSync(`${root}${path}`, "utf8"));
      for (const test of defence.tests) expect(existsSync(`${root}${test}`), test).toBe(true);
    });

    it("leaves a program without any of them", () => {
      const left = own.map((defence) => without(defence, sources));
      expect(read(left)).toHaveLength(left.length);
    });

    it("finds them all when every local variable has another name", () => {
      const renamed = sources.map(withRenamedVariables);
      const again = read(renamed);
      expect(renamed.map(({ text }) => text)).not.toEqual(sources.map(({ text }) => text));
      expect(own.map((defence) => without(defence, again).path)).toEqual(
        own.map((defence) => without(defence, sources).path),
      );
    });
  });
});
