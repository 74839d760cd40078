import { splitReasoning } from "@aide-ts/answer";
import type { Proposal, Strategy, Work } from "@aide-ts/plugin";
import { situation } from "./situation.ts";

export interface Planning {
  /** Of the plugin: signs the guidance. */
  readonly name: string;
  /** Full name of the prompt, and slots besides those of `situation`. */
  readonly prompt: string;
  readonly slots?: Readonly<Record<string, string>>;
  readonly role: string;
  readonly operators: readonly string[];
}

/** Asks for a plan first, and hands it on as guidance. Without a plan, the next one works as if nobody had asked. */
export const planned =
  (planning: Planning): Strategy =>
  (next) =>
  async (proposal, work) => {
    if (!planning.operators.includes(proposal.operator)) return next(proposal, work);
    const plan = await planFor(planning, proposal, work);
    if (plan === "") {
      work.note({ plan: "none" });
      return next(proposal, work);
    }
    const guidance = [...proposal.guidance, { from: planning.name, title: "Plan", text: plan }];
    const candidate = await next({ ...proposal, guidance }, work);
    return { ...candidate, plan };
  };

const planFor = async ({ prompt, slots, role }: Planning, proposal: Proposal, work: Work): Promise<string> => {
  const messages = work.prompt(prompt, { ...situation(proposal, work), ...slots });
  const { text } = await work.generate({ messages }, { role, phase: "plan" });
  return splitReasoning(text).text.trim();
};
