import fc from "fast-check";
import { expect, it } from "vitest";
import { arraysOf } from "../src/arrays.ts";
import { options } from "../src/options.ts";

const runs = fc.array(fc.record({ number: fc.nat(5000), arm: fc.constantFrom("small", "large", "other") }), {
  maxLength: 300,
});

it("every run stands in one job, no array has more jobs than Slurm takes, and arms of an array have the same resources", () => {
  fc.assert(
    fc.property(runs, fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 50 }), (all, runsPerJob, most) => {
      const given = options.parse({ runsPerJob, cpus: 2, arms: { large: { cpus: 8, sbatch: ["--exclusive"] } } });
      const arrays = arraysOf(all, given, most);
      const numbers = arrays.flatMap(({ jobs }) => jobs.flat());
      expect(numbers.toSorted()).toEqual(all.map(({ number }) => number).toSorted());
      const large = arrays.filter(({ resources }) => resources.cpus === 8).flatMap(({ jobs }) => jobs.flat());
      expect(large).toEqual(all.filter(({ arm }) => arm === "large").map(({ number }) => number));
      for (const { jobs } of arrays) {
        expect(jobs.length).toBeLessThanOrEqual(most);
        for (const some of jobs) expect(some.length).toBeLessThanOrEqual(runsPerJob);
      }
    }),
  );
});

it("an arm's resources come before those of all, and add to the arguments of sbatch", () => {
  const given = options.parse({
    gpus: 1,
    memory: "8G",
    sbatch: ["--nice"],
    arms: { large: { gpus: "a100:4", sbatch: ["--exclusive"] } },
  });
  const [small, large] = arraysOf(
    [
      { number: 0, arm: "small" },
      { number: 1, arm: "large" },
    ],
    given,
    1001,
  );
  expect(small?.resources).toMatchObject({ gpus: 1, memory: "8G", sbatch: ["--nice"] });
  expect(large?.resources).toMatchObject({ gpus: "a100:4", memory: "8G", sbatch: ["--nice", "--exclusive"] });
});
