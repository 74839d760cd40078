import { canonicalProgram } from "@aide-ts/answer";
import { definePlugin, type Guidance, type JournalView, type Solution } from "@aide-ts/plugin";
import { z } from "zod";

const options = z.strictObject({
  again: z
    .int()
    .min(0)
    .max(8)
    .default(2)
    .describe("How often another program is asked for, in place of one that is known."),
});

/**
 * No program is run twice: one that is another's in all but its formatting, comments and names of variables is not run, and the next strategy is asked again, with
 * what came of it. Where it has no other, the known one's score is its score.
 */
export const noRepeats = definePlugin({
  kind: "strategy",
  name: "no-repeats",
  summary: "Runs no program a second time: asks again for another one.",
  options,
  needs: () => [],
  shape: ({ again }) => ({ generations: [0, 0], next: [1, 1 + again] }),
  create: ({ again }) => {
    const canonical = remembered(canonicalProgram);
    return (next) => async (proposal, work) => {
      const guidance: Guidance[] = [];
      for (let repeats = 0; ; repeats++) {
        const candidate = await next({ ...proposal, guidance: [...proposal.guidance, ...guidance] }, work);
        const known = candidate.code === "" ? undefined : knownAs(candidate.code, work.journal, canonical);
        if (known === undefined) {
          if (repeats > 0) work.note({ repeats });
          return candidate;
        }
        if (repeats === again) {
          work.note({ repeats: repeats + 1, known: known.id });
          // The very text was run already, so it is not run again.
          return { ...candidate, code: known.candidate.code };
        }
        guidance.push(alreadyRun(known));
      }
    };
  },
});

type Canonical = (code: string) => string | undefined;

const remembered = (form: Canonical): Canonical => {
  const known = new Map<string, string | undefined>();
  return (code) => {
    if (!known.has(code)) known.set(code, form(code));
    return known.get(code);
  };
};

const knownAs = (code: string, { outcomes }: JournalView, canonical: Canonical): Solution | undefined => {
  const form = canonical(code);
  return outcomes
    .flatMap(({ solutions }) => solutions)
    .find(({ candidate }) => candidate.code === code || (form !== undefined && canonical(candidate.code) === form));
};

const alreadyRun = ({ evaluation, candidate }: Solution): Guidance => ({
  from: "no-repeats",
  title: "Already tried",
  text: `This was run before, and came to: ${firstLine(evaluation.feedback)}\n${firstLine(candidate.plan)}\nWrite a script that differs from it in what it computes.`,
});

const firstLine = (text: string): string => text.split("\n", 1)[0] ?? "";
