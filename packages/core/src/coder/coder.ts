import { extractCandidate } from "@aide-ts/answer";
import type { Candidate, GenerateRequest, Generation, Message, Proposal, Solution, Solve, Work } from "@aide-ts/plugin";

export interface CoderOptions {
  /** Whether the role's answers begin as its prompts do: where a prompt file ends with an assistant's turn. */
  readonly opens: (role: string) => boolean;
  /** A script to fill in, shown with drafts; empty for none. */
  readonly skeleton: string;
  /** Ways to improve a script: an improvement is pointed to one of them, drawn at random, because small models keep to what they did last. */
  readonly directions: readonly string[];
  /** Whether the role's model can go on from an unfinished answer. */
  readonly canContinue: (role: string) => boolean;
  /** Completes what a script leaves out and the task needs, as the arguments that read its files; as it is without. */
  readonly complete?: (code: string) => string;
}

/** The innermost step: one prompt, one answer, plan and script. */
export const createCoder =
  (options: CoderOptions): Solve =>
  async (proposal, work) => {
    const role = proposal.role ?? "code";
    const prompt = splitOpening(work.prompt(`coder/${proposal.operator}`, slotsOf(proposal, work, options)));
    const opening = options.opens(role) ? prompt.opening : "";
    const { messages } = prompt;
    const call = { role, phase: "code" };
    const answer = await work.generate(withOpening(messages, opening), call);
    const candidate = extractCandidate(opening + answer.text, answer.finish);
    const read =
      candidate.code === "" && answer.finish === "stop" && options.canContinue(role)
        ? await continued(work, messages, opening, answer, role)
        : candidate;
    const code = options.complete?.(read.code) ?? read.code;
    return { ...read, code, plan: read.plan === "" ? leadingComment(read.code) : read.plan };
  };

/** A last turn of the assistant is how the answer begins. A fence's line ends with it: what the model writes next is code. */
export const splitOpening = (
  messages: readonly Message[],
): { readonly messages: readonly Message[]; readonly opening: string } => {
  const last = messages.at(-1);
  if (last?.role !== "assistant") return { messages, opening: "" };
  const { content } = last;
  return {
    messages: messages.slice(0, -1),
    opening: /^```\w*$/m.test(content.split("\n").at(-1) ?? "") ? `${content}\n` : content,
  };
};

export const withOpening = (messages: readonly Message[], opening: string): GenerateRequest =>
  opening === "" ? { messages } : { messages, continueFrom: { reasoning: "", thinking: false, text: opening } };

/** An answer that is prose without code is continued behind an opened fence. */
const continued = async (
  work: Work,
  messages: readonly Message[],
  opening: string,
  answer: Generation,
  role: string,
): Promise<Candidate> => {
  const soFar = `${opening}${answer.text}`.trimEnd();
  const text = `${soFar}${soFar === "" ? "" : "\n\n"}${fenceOpening}`;
  const more = await work.generate(
    { messages, continueFrom: { reasoning: answer.reasoning, thinking: false, text } },
    { role, phase: "code" },
  );
  return extractCandidate(text + more.text, more.finish);
};

const fenceOpening = "```python\n";

export const slotsOf = (
  proposal: Proposal,
  work: Work,
  { skeleton, directions }: CoderOptions,
): Record<string, string> => {
  const parents = proposal.parents.flatMap((id) => work.journal.solution(id) ?? []);
  const [parent, other] = parents;
  return {
    guidance: proposal.guidance.map(({ title, text }) => `## ${title}\n${text}`).join("\n\n"),
    memory: proposal.memory
      .flatMap((id) => work.journal.solution(id) ?? [])
      .map(summary)
      .join("\n"),
    skeleton,
    direction: proposal.operator === "improve" ? drawn(directions, work) : "",
    code: parent?.candidate.code ?? "",
    plan: parent?.candidate.plan ?? "",
    feedback: parent?.evaluation.feedback ?? "",
    otherCode: other?.candidate.code ?? "",
    otherFeedback: other?.evaluation.feedback ?? "",
  };
};

const drawn = (directions: readonly string[], work: Work): string =>
  directions[Math.floor(work.random() * directions.length)] ?? "";

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
