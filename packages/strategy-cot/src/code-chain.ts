import { definePlugin, type Candidate, type Evaluation, type Proposal, type Solve, type Work } from "@aide-ts/plugin";
import { z } from "zod";
import { promptFile } from "./prompt-file.ts";

const options = z.strictObject({
  segments: z
    .array(z.string().min(1))
    .min(1)
    .default([
      "Setup and imports",
      "Data loading",
      "Data preprocessing",
      "Modelling",
      "Training and validation",
      "Prediction and submission",
    ])
    .describe("Parts of a script, in order."),
  chunk: z.int().min(1).default(1).describe("Parts that are written at a time."),
});

/**
 * Code chain: a first script is written part by part, each from what is there already. Inner strategies see one part at a time, so `[code-chain, reflection]`
 * reflects after each. Improvements and repairs are written whole.
 *
 * The parts are those of the "codechain" variants in A. Osman's fork of AIDE (aide-ds, 2025).
 */
export const codeChain = definePlugin({
  kind: "strategy",
  name: "code-chain",
  summary: "A first script is written part by part.",
  options,
  needs: () => [],
  shape: ({ segments, chunk }) => ({
    generations: [0, 0],
    next: [1, Math.ceil(segments.length / chunk)],
    operators: ["draft"],
    asks: { draft: "segment" },
  }),
  prompts: { "coder/segment": promptFile("segment") },
  create: (chain) => (next) => (proposal, work) =>
    proposal.operator === "draft" ? chained(chain, next, proposal, work) : next(proposal, work),
});

const chained = async (
  { segments, chunk }: z.output<typeof options>,
  next: Solve,
  proposal: Proposal,
  work: Work,
): Promise<Candidate> => {
  let code = "";
  for (let at = 0; at < segments.length; at += chunk) {
    const part = segments.slice(at, at + chunk).join(", then ");
    const guidance = [
      ...proposal.guidance,
      ...(code === ""
        ? []
        : [{ from: "code-chain", title: "What is there already", text: `\`\`\`python\n${code}\`\`\`` }]),
      {
        from: "code-chain",
        title: `Write only: ${part}`,
        text: `Part ${at / chunk + 1} of ${Math.ceil(segments.length / chunk)}.`,
      },
    ];
    const made = await next({ ...proposal, operator: "segment", guidance }, fragment(work, proposal, code));
    if (made.code === "") {
      work.note({ halted: part });
      return { plan: made.plan, code, defect: made.defect ?? "no-code" };
    }
    code += made.code.endsWith("\n") ? made.code : `${made.code}\n`;
  }
  return { plan: segments.join(", "), code };
};

/** Work on one part: to evaluate it is to run it behind what is there already, without a node or a score. */
const fragment = (work: Work, { parents }: Proposal, before: string): Work =>
  work.with({
    async evaluate(candidate, inner) {
      const execution = await inner.execute({ code: before + candidate.code });
      const { fate, output: feedback } = execution;
      const evaluation: Evaluation =
        fate === "ok"
          ? { valid: true, score: { value: 0, source: "reported" }, scores: [], feedback }
          : { valid: false, cause: fate, scores: [], feedback };
      return { id: `part-${execution.id}`, proposal: work.proposal, parents, candidate, execution, evaluation };
    },
  });
