import type { Candidate, GenerateRequest, Generation, Message, Proposal, Solution, Solve, Work } from "@aide-ts/plugin";
import { extractCandidate } from "./extract.ts";

export interface CoderOptions {
  /** Opens the answer, so that a small model goes straight to code: needs a model that can continue an answer. Empty: no opening. */
  readonly opening: string;
  /** A script to fill in, shown with drafts; empty for none. */
  readonly skeleton: string;
  /** Whether the role's model can go on from an unfinished answer. */
  readonly canContinue: (role: string) => boolean;
}

/** The innermost step: one prompt, one answer, plan and script. */
export const createCoder =
  (options: CoderOptions): Solve =>
  async (proposal, work) => {
    const role = proposal.role ?? "code";
    const opening = options.canContinue(role) ? options.opening : "";
    const messages = work.prompt(`coder/${proposal.operator}`, slotsOf(proposal, work, options));
    const call = { role, phase: "code" };
    const answer = await work.generate(withOpening(messages, opening), call);
    const candidate = extractCandidate(opening + answer.text, answer.finish);
    const read =
      candidate.code === "" && answer.finish === "stop" && options.canContinue(role)
        ? await continued(work, messages, opening, answer, role)
        : candidate;
    return { ...read, plan: read.plan === "" ? leadingComment(read.code) : read.plan };
  };

const withOpening = (messages: readonly Message[], opening: string): GenerateRequest =>
  opening === "" ? { messages } : { messages, continueFrom: { reasoning: "", thinking: false, text: opening } };

/** An answer that talked and wrote no code goes on behind an opened fence. */
const continued = async (
  work: Work,
  messages: readonly Message[],
  opening: string,
  answer: Generation,
  role: string,
): Promise<Candidate> => {
  const said = `${opening}${answer.text}`.trimEnd();
  const text = `${said}${said === "" ? "" : "\n\n"}${fenceOpening}`;
  const more = await work.generate(
    { messages, continueFrom: { reasoning: answer.reasoning, thinking: false, text } },
    { role, phase: "code" },
  );
  return extractCandidate(text + more.text, more.finish);
};

const fenceOpening = "```python\n";

const slotsOf = (proposal: Proposal, work: Work, { skeleton }: CoderOptions): Record<string, string> => {
  const parents = proposal.parents.flatMap((id) => work.journal.solution(id) ?? []);
  const [parent, other] = parents;
  return {
    guidance: proposal.guidance.map(({ title, text }) => `## ${title}\n${text}`).join("\n\n"),
    memory: proposal.memory
      .flatMap((id) => work.journal.solution(id) ?? [])
      .map(summary)
      .join("\n"),
    skeleton,
    code: parent?.candidate.code ?? "",
    plan: parent?.candidate.plan ?? "",
    feedback: parent?.evaluation.feedback ?? "",
    otherCode: other?.candidate.code ?? "",
    otherFeedback: other?.evaluation.feedback ?? "",
  };
};

const summary = ({ candidate, evaluation }: Solution): string => {
  const plan = candidate.plan.split("\n").slice(0, 3).join(" ").slice(0, 240);
  return `- ${plan === "" ? "(no plan)" : plan} → ${evaluation.feedback.split("\n")[0] ?? ""}`;
};

const leadingComment = (code: string): string => {
  const lines = code.split("\n");
  const end = lines.findIndex((line) => !line.startsWith("#"));
  return lines
    .slice(0, end === -1 ? lines.length : end)
    .map((line) => line.replace(/^#+\s?/, ""))
    .join("\n")
    .trim();
};
