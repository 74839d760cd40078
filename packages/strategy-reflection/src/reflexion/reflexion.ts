import { splitReasoning } from "@aide-ts/answer";
import {
  definePlugin,
  isBetter,
  type Candidate,
  type Guidance,
  type Proposal,
  type Solution,
  type Work,
} from "@aide-ts/plugin";
import { z } from "zod";
import { promptFile } from "../prompt-file.ts";
import { complaintOf, writtenChecks } from "./checks.ts";
import { lessonsIn } from "./lessons.ts";

const options = z.strictObject({
  trials: z.int().min(1).max(20).default(2).describe("The most further trials after the first."),
  memory: z.int().min(0).max(10).default(3).describe("Lessons that a trial is shown, the latest; 1 to 3 in the paper."),
  checks: z
    .boolean()
    .default(false)
    .describe("Have the model write checks of the submission first; a script that they stop counts as failed."),
});

const name = "reflexion";

/**
 * Reflexion (Shinn et al. 2023, arXiv 2303.11366): after a failed trial the model puts into words what to do otherwise, and tries again with these lessons
 * before it. A trial is the next step of the chain, so that anything can be tried again. Lessons of earlier steps of the run are kept in mind too.
 */
export const reflexion = definePlugin({
  kind: "strategy",
  name,
  summary: "Lessons from failed trials before the next one (Reflexion).",
  options,
  needs: () => [],
  shape: ({ trials, checks }) => ({ generations: [checks ? 1 : 0, trials + (checks ? 1 : 0)], next: [1, 1 + trials] }),
  prompts: { "reflexion/lesson": promptFile("lesson"), "reflexion/checks": promptFile("checks") },
  create:
    ({ trials, memory, checks: areWritten }) =>
    (next) =>
    async (proposal, work) => {
      const lessons = [...lessonsIn(work.journal.outcomes, name)];
      const remembered = () => lessons.slice(Math.max(0, lessons.length - memory));
      const checks = areWritten ? await writtenChecks(work) : "";
      const attempt = async (last?: Trial) =>
        tried(await next(guided(proposal, remembered(), last), work), checks, work);
      let now = await attempt();
      let best = now.solution;
      for (let again = 1; again <= trials && now.complaint !== undefined; again++) {
        const lesson = await learnt(now, remembered(), work);
        lessons.push(lesson);
        const before = now;
        now = await attempt(before);
        work.note({ trial: again, outcome: trialOutcome(before, now), lesson });
        if (now.complaint === undefined || isBetter(work.task, now.solution, best)) best = now.solution;
      }
      return best.candidate;
    },
});

interface Trial {
  readonly solution: Solution;
  /** What is wrong with it; `undefined` where it passed. */
  readonly complaint: string | undefined;
}

const tried = async (candidate: Candidate, checks: string, work: Work): Promise<Trial> => {
  const solution = await work.evaluate(candidate);
  const { valid, feedback } = solution.evaluation;
  return { solution, complaint: valid ? await complaintOf(candidate.code, checks, work) : feedback };
};

const learnt = async ({ solution, complaint = "" }: Trial, lessons: readonly string[], work: Work): Promise<string> => {
  const slots = { code: solution.candidate.code.trimEnd(), result: complaint, lessons: listed(lessons) };
  const answer = await work.generate({ messages: work.prompt("reflexion/lesson", slots) }, { phase: "reflect" });
  return splitReasoning(answer.text).text.trim();
};

/** As in the paper a trial sees the last one, what came of it, and the lessons. */
const guided = (proposal: Proposal, lessons: readonly string[], last: Trial | undefined): Proposal => {
  const section = (title: string, text: string): readonly Guidance[] =>
    text === "" ? [] : [{ from: name, title, text }];
  const { code = "" } = last?.solution.candidate ?? {};
  const guidance = [
    ...section("Your last try", code === "" ? "" : `\`\`\`python\n${code.trimEnd()}\n\`\`\``),
    ...section("What came of it", last?.complaint ?? ""),
    ...section("Lessons from earlier tries", listed(lessons)),
  ];
  return { ...proposal, guidance: [...proposal.guidance, ...guidance] };
};

const listed = (lessons: readonly string[]): string =>
  lessons
    .filter((lesson) => lesson !== "")
    .map((lesson) => `- ${lesson.replaceAll(/\s+/g, " ")}`)
    .join("\n");

const trialOutcome = (before: Trial, now: Trial): string => {
  if (now.complaint === undefined) return "fixed";
  return before.solution.evaluation.valid && !now.solution.evaluation.valid ? "newly-broken" : "still-broken";
};
