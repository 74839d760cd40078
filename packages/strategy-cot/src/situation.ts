import type { Proposal, Work } from "@aide-ts/plugin";

/** What a prompt about a proposal shows besides its task: slots `aim`, `code`, `feedback`, `memory`, `guidance`. */
export const situation = (proposal: Proposal, work: Work): Readonly<Record<string, string>> => {
  const parent = work.journal.solution(proposal.parents[0] ?? "");
  return {
    aim: aims[proposal.operator] ?? "solve the task",
    code: parent?.candidate.code ?? "",
    feedback: parent?.evaluation.feedback ?? "",
    memory: proposal.memory
      .flatMap((id) => work.journal.solution(id) ?? [])
      .map(({ candidate, evaluation }) => `- ${firstLine(candidate.plan)} → ${firstLine(evaluation.feedback)}`)
      .join("\n"),
    guidance: proposal.guidance.map(({ title, text }) => `## ${title}\n${text}`).join("\n\n"),
  };
};

const aims: Readonly<Record<string, string>> = {
  draft: "solve the task with a first script that is simple and sure to run",
  improve: "change this script so that its score gets better",
  debug: "fix this script",
  crossover: "join the best of two scripts into one",
};

const firstLine = (text: string): string => (text.split("\n")[0] ?? "").slice(0, 240);
