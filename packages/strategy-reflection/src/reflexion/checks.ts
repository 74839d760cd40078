import { extractCandidate } from "@aide-ts/answer";
import type { Work } from "@aide-ts/plugin";

/** Python statements that look at what a script wrote, by the model; empty where it gave none. */
export const writtenChecks = async (work: Work): Promise<string> => {
  const answer = await work.generate({ messages: work.prompt("reflexion/checks", {}) }, { phase: "checks" });
  return extractCandidate(answer.text, answer.finish).code.trim();
};

/** What the checks find wrong, run behind the script; `undefined` where they pass or there are none. */
export const complaintOf = async (code: string, checks: string, work: Work): Promise<string | undefined> => {
  if (checks === "") return undefined;
  const { fate, exception } = await work.execute({
    code: `${code.trimEnd()}\n\n\n# Checks of what was written\n${checks}\n`,
  });
  if (fate === "ok") return undefined;
  return `A check of the submission fails: ${exception === undefined ? fate : `${exception.type}: ${exception.message}`}`;
};
