import { readFileSync } from "node:fs";
import { definePlugin, type Candidate, type Execution, type Guidance, type Strategy, type Work } from "@aide-ts/plugin";
import { z } from "zod";

const pythonFile = (name: string): string => readFileSync(new URL(`../python/${name}.py`, import.meta.url), "utf8");

const importsScript = pythonFile("repair");
const checkScript = pythonFile("check");

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

const importsAnswer = z.object({ code: z.string(), added: z.array(z.string()), unresolved: z.array(z.string()) });

const checkAnswer = z.object({
  /** Where arguments were changed. */
  code: z.string().nullable(),
  keywords: z.array(z.string()),
  refused: z.object({ kind: z.enum(["sample", "rows"]), message: z.string() }).nullable(),
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
      const checked = await check(await withImports(candidate, work), settings, work);
      if (checked.kind === "sound") return checked.candidate;
      if (refusals === settings.again) return refused(checked.candidate, checked.message);
      guidance.push({ from: "static-repair", title: "Refused before it was run", text: checked.message });
    }
  };

/**
 * Gives a script the imports it forgot: a name that it uses and never defines, and that the installed packages export in one place. What was added is noted,
 * so that a report can count it.
 */
const withImports = async (candidate: Candidate, work: Work): Promise<Candidate> => {
  const execution = await work.execute({ code: importsScript, files: { "candidate.py": candidate.code }, seconds: 30 });
  const read = answerOf(execution, "static-repair:", importsAnswer);
  if (read === undefined || read.added.length === 0) return candidate;
  work.note({ added: read.added, unresolved: read.unresolved });
  return { ...candidate, code: read.code };
};

const check = async (candidate: Candidate, settings: Options, work: Work): Promise<Checked> => {
  const { keywords, sample, rows } = settings;
  if (!keywords && !sample) return { kind: "sound", candidate };
  const files = { "candidate.py": candidate.code, "options.json": JSON.stringify({ keywords, sample, rows }) };
  const execution = await work.execute({ code: checkScript, files, seconds: 60 });
  const read = answerOf(execution, "static-check:", checkAnswer);
  if (read === undefined) return { kind: "sound", candidate };
  if (read.keywords.length > 0) work.note({ keywords: read.keywords });
  const fixed = read.code === null ? candidate : { ...candidate, code: read.code };
  if (read.refused === null) return { kind: "sound", candidate: fixed };
  work.note({ refused: read.refused.kind, message: read.refused.message });
  return { kind: "refused", candidate: fixed, message: read.refused.message };
};

const refused = ({ plan }: Candidate, message: string): Candidate => ({
  plan,
  code: "",
  defect: "static-check",
  seen: `refused before it was run: ${message}`,
});

const answerOf = <T>({ output }: Execution, mark: string, schema: z.ZodType<T>): T | undefined => {
  const line = output.split("\n").find((text) => text.startsWith(mark));
  return line === undefined ? undefined : schema.safeParse(JSON.parse(line.slice(mark.length))).data;
};

export const staticRepair = definePlugin({
  kind: "strategy",
  name: "static-repair",
  options,
  needs: () => [],
  shape: ({ sample, again }) => ({ generations: [0, 0], next: [1, sample ? 1 + again : 1] }),
  create: repairing,
});
