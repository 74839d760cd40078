import { readFileSync } from "node:fs";
import {
  definePlugin,
  type Candidate,
  type Execution,
  type Guidance,
  type Script,
  type Strategy,
  type Work,
} from "@aide-ts/plugin";
import { z } from "zod";

const pythonFile = (name: string): string => readFileSync(new URL(`../python/${name}.py`, import.meta.url), "utf8");

const importsProgram = pythonFile("repair");
const program = pythonFile("static_repair");
const modules = { "repair.py": importsProgram, "check.py": pythonFile("check") };

const options = z.strictObject({
  keywords: z
    .boolean()
    .default(false)
    .describe("Rename or leave out arguments that an installed class or function does not take."),
  sample: z
    .boolean()
    .default(false)
    .describe("Run scripts of functions on a few hundred rows, and refuse what fails there."),
  rows: z
    .boolean()
    .default(false)
    .describe("With `sample`: refuse features of a row that depend on which other rows the table holds."),
  again: z
    .int()
    .min(0)
    .max(8)
    .default(2)
    .describe("How often another answer is asked for in place of one that is refused."),
});

type Options = z.output<typeof options>;

const answer = z.object({
  code: z.string(),
  /** Imports, and where arguments were changed. */
  added: z.array(z.string()),
  unresolved: z.array(z.string()),
  keywords: z.array(z.string()).default([]),
  refused: z
    .object({ kind: z.enum(["sample", "rows"]), message: z.string() })
    .nullable()
    .default(null),
});

type Checked =
  | { readonly kind: "sound"; readonly candidate: Candidate }
  | { readonly kind: "refused"; readonly candidate: Candidate; readonly message: string };

/** Repairs a script before it is run, and refuses it where a few rows show that it fails. A refused one costs a second and no step: another is asked for. */
const repairing =
  (settings: Options): Strategy =>
  (next) =>
  async (proposal, work) => {
    const guidance: Guidance[] = [];
    for (let refusals = 0; ; refusals++) {
      const candidate = await next({ ...proposal, guidance: [...proposal.guidance, ...guidance] }, work);
      if (candidate.code === "") return candidate;
      const checked = await check(candidate, settings, work);
      if (checked.kind === "sound") return checked.candidate;
      if (refusals === settings.again) return refused(checked.candidate, checked.message);
      guidance.push({ from: "static-repair", title: "Refused before it was run", text: checked.message });
    }
  };

/**
 * Gives a script the imports that it forgot: a name that it uses and never defines, and that the installed packages export in one place. What was changed is noted,
 * so that a report can count it.
 */
const check = async (candidate: Candidate, settings: Options, work: Work): Promise<Checked> => {
  const execution = await work.execute(scriptOf(candidate, settings));
  const read = answerOf(execution);
  if (read === undefined) return { kind: "sound", candidate };
  if (read.added.length > 0) work.note({ added: read.added, unresolved: read.unresolved });
  if (read.keywords.length > 0) work.note({ keywords: read.keywords });
  const isChanged = read.added.length > 0 || read.keywords.length > 0;
  const repaired = isChanged ? { ...candidate, code: read.code } : candidate;
  if (read.refused === null) return { kind: "sound", candidate: repaired };
  work.note({ refused: read.refused.kind, message: read.refused.message });
  return { kind: "refused", candidate: repaired, message: read.refused.message };
};

/** Without checks the program alone that repairs imports, as ever: runs that were begun before go on as they were. */
const scriptOf = ({ code }: Candidate, { keywords, sample, rows }: Options): Omit<Script, "data"> =>
  keywords || sample
    ? {
        code: program,
        files: { ...modules, "candidate.py": code, "options.json": JSON.stringify({ keywords, sample, rows }) },
        seconds: 60,
      }
    : { code: importsProgram, files: { "candidate.py": code }, seconds: 30 };

const refused = ({ plan }: Candidate, message: string): Candidate => ({
  plan,
  code: "",
  defect: "static-check",
  seen: `refused before it was run: ${message}`,
});

const mark = "static-repair:";

const answerOf = ({ output }: Execution): z.output<typeof answer> | undefined => {
  const line = output.split("\n").find((text) => text.startsWith(mark));
  return line === undefined ? undefined : answer.safeParse(JSON.parse(line.slice(mark.length))).data;
};

export const staticRepair = definePlugin({
  kind: "strategy",
  name: "static-repair",
  summary: "Repairs imports, arguments and columns before a script is run; asks no model.",
  options,
  needs: () => [],
  shape: ({ sample, again }) => ({ generations: [0, 0], next: [1, sample ? 1 + again : 1] }),
  create: repairing,
});
