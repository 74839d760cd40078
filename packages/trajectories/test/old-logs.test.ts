import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { findRecordedRuns } from "@aide-ts/run/record";
import { dpoPairs, readRecordedRun, runTrajectory, sftExamples } from "../src/index.ts";
import { atifSchema } from "./atif/atif-schema.ts";

const results = fileURLToPath(new URL("../../../docs/results/", import.meta.url));

describe("the logs that are kept with the results", () => {
  it("are read, whatever version of aide wrote them", async () => {
    const found = await findRecordedRuns([results], "/");
    expect(found.length).toBeGreaterThan(30);
    const all = { examples: 0, graded: 0, pairs: 0 };
    for (const one of found) {
      const run = await readRecordedRun(one);
      const examples = sftExamples(run);
      all.examples += examples.length;
      all.graded += examples.filter(({ metadata }) => metadata.report_score !== null).length;
      all.pairs += dpoPairs(run).pairs.length;
      expect(atifSchema.parse(runTrajectory(run)).session_id).toBe(one.name);
    }
    expect(all.examples).toBeGreaterThanOrEqual(38);
    expect(all.graded).toBeGreaterThanOrEqual(14);
    expect(all.pairs).toBeGreaterThanOrEqual(10);
  });
});
