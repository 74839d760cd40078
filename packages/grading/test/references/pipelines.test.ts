import { metricNamed, metricNames } from "@aide-ts/evaluation";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { ask } from "./ask.ts";

const listed = z.union([
  z.object({ pipelines: z.array(z.tuple([z.string(), z.string()])) }),
  z.object({ problem: z.string() }),
]);

const kinds = ["regression", "counts", "binary", "multiclass", "text", "images"];
const cases = metricNames.flatMap((metric) => kinds.map((kind): [string, string] => [metric, kind]));
const answered = (await ask("pipelines", cases, listed)).map((answer, at) => ({ answer, of: cases[at]! }));

describe("reference pipelines", () => {
  it("are at least a hundred of eight families for each kind of task and metric", () => {
    for (const { answer, of } of answered) {
      if ("problem" in answer) continue;
      expect(answer.pipelines.length, of.join(" ")).toBeGreaterThanOrEqual(100);
      expect(new Set(answer.pipelines.map(([, family]) => family)).size, of.join(" ")).toBeGreaterThanOrEqual(8);
    }
  });

  it("answer for every metric of the library but those of texts", () => {
    const refused = new Set(answered.flatMap(({ answer, of: [metric] }) => ("problem" in answer ? [metric] : [])));
    const ofTexts = metricNames.filter((name) => metricNamed(name)?.input === "text");
    expect([...refused].toSorted()).toEqual(ofTexts.toSorted());
  });

  it("have names that are files and differ", () => {
    for (const { answer, of } of answered) {
      if ("problem" in answer) continue;
      const names = answer.pipelines.map(([name]) => name);
      expect(new Set(names).size, of.join(" ")).toBe(names.length);
      expect(names.filter((name) => !/^[a-z][\w.=-]*$/.test(name) || name.length > 120)).toEqual([]);
    }
  });
});
