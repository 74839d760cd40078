import { readFileSync } from "node:fs";
import { definePlugin, type Candidate, type Strategy, type Work } from "@aide-ts/plugin";
import { z } from "zod";

const script = readFileSync(new URL("../python/repair.py", import.meta.url), "utf8");

const answer = z.object({ code: z.string(), added: z.array(z.string()), unresolved: z.array(z.string()) });

/**
 * Gives a script the imports it forgot: a name that it uses and never defines, and that the installed packages export in one place. No model is
 * asked. What was added is noted, so that a report can count it.
 */
const repairing: Strategy = (next) => async (proposal, work) => {
  const candidate = await next(proposal, work);
  return candidate.code === "" ? candidate : repair(candidate, work);
};

const repair = async (candidate: Candidate, work: Work): Promise<Candidate> => {
  const execution = await work.execute({ code: script, files: { "candidate.py": candidate.code }, seconds: 30 });
  const line = execution.output.split("\n").find((text) => text.startsWith(mark));
  const read = line === undefined ? undefined : answer.safeParse(JSON.parse(line.slice(mark.length))).data;
  if (read === undefined || read.added.length === 0) return candidate;
  work.note({ added: read.added, unresolved: read.unresolved });
  return { ...candidate, code: read.code };
};

const mark = "static-repair:";

export const staticRepair = definePlugin({
  kind: "strategy",
  name: "static-repair",
  options: z.strictObject({}),
  needs: () => [],
  shape: () => ({ generations: [0, 0], next: [1, 1] }),
  create: () => repairing,
});
