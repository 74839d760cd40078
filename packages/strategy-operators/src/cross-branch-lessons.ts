import { readFileSync } from "node:fs";
import { splitReasoning } from "@aide-ts/answer";
import { definePlugin, type Guidance, type JournalView, type Work } from "@aide-ts/plugin";
import { z } from "zod";
import { branchesOf, describeBranch, type Branch } from "./branches.ts";

const prompt = readFileSync(new URL("../prompts/lessons.md", import.meta.url), "utf8");

const name = "cross-branch-lessons";

const options = z.strictObject({
  every: z
    .int()
    .min(1)
    .default(5)
    .describe("Steps from one comparison to the next; the first needs as many steps too."),
  branches: z.int().min(2).default(4).describe("Branches that are compared, the ones that were worked on last."),
  critic: z.string().min(1).default("critic").describe("Role whose model compares."),
});

type Options = z.output<typeof options>;

const note = z.object({ lessons: z.array(z.string()) });

/**
 * Lessons from one branch of the search for all others, by comparison, as in the memory of MARS (Chen et al. 2026, arXiv 2602.02660): every so many steps a model
 * compares solutions of different branches, and writes at most three lessons. The newest are guidance of each improvement until others take their place.
 */
export const crossBranchLessons = definePlugin({
  kind: "strategy",
  name,
  summary: "Lessons from comparing branches of the search, for all of them (MARS).",
  options,
  needs: () => [],
  shape: ({ critic }) => ({ generations: [0, 1], next: [1, 1], operators: ["improve"], roles: [critic] }),
  prompts: { "cross-branch-lessons/compare": prompt },
  create: (settings) => (next) => async (proposal, work) => {
    if (proposal.operator !== "improve") return next(proposal, work);
    const known = lessonsIn(work.journal);
    const branches = branchesOf(work.journal).slice(-settings.branches);
    const isDue = branches.length > 1 && stepsSince(work.journal) >= settings.every;
    const fresh = isDue ? await compared(branches, known, settings, work) : [];
    const lessons = fresh.length === 0 ? known : fresh;
    if (lessons.length === 0) return next(proposal, work);
    const guidance: Guidance = { from: name, title: "Lessons from other branches", text: listed(lessons) };
    return next({ ...proposal, guidance: [...proposal.guidance, guidance] }, work);
  },
});

/** Steps from the last comparison on, also from one without lessons; all steps before the first. */
const stepsSince = ({ outcomes }: JournalView): number =>
  outcomes.length -
  Math.max(
    0,
    outcomes.findLastIndex(({ notes }) => notes[name] !== undefined),
  );

/** The newest lessons. */
const lessonsIn = ({ outcomes }: JournalView): readonly string[] =>
  outcomes
    .flatMap(({ notes }) => notes[name] ?? [])
    .flatMap((data) => {
      const read = note.safeParse(data);
      return read.success && read.data.lessons.length > 0 ? [read.data.lessons] : [];
    })
    .at(-1) ?? [];

const compared = async (
  branches: readonly Branch[],
  known: readonly string[],
  { critic }: Options,
  work: Work,
): Promise<readonly string[]> => {
  const texts = branches.map((branch, at) => `## Branch ${at + 1}\n\n${describeBranch(branch, work.journal)}`);
  const slots = { branches: texts.join("\n\n"), lessons: listed(known) };
  const messages = work.prompt("cross-branch-lessons/compare", slots);
  const { text } = await work.generate({ messages }, { role: critic, phase: "reflect" });
  const lessons = itemsOf(splitReasoning(text).text).slice(0, mostLessons);
  work.note({ lessons, branches: branches.map((branch) => branch.map(({ id }) => id)) });
  return lessons;
};

const mostLessons = 3;
const longestLesson = 300;

/** The items of a list. */
const itemsOf = (text: string): readonly string[] =>
  [...text.matchAll(/^[ \t]*(?:\d+[.)]|[-*•])[ \t]+(\S.*)$/gm)].map(([, item = ""]) =>
    item.trim().slice(0, longestLesson),
  );

const listed = (lessons: readonly string[]): string => lessons.map((lesson) => `- ${lesson}`).join("\n");
