import { isBetter, type Candidate, type Generation, type Solve, type Strategy } from "@aide-ts/plugin";

/**
 * Small versions of the strategies that the engine must carry: a chain of any of them repeats, resumes and replays. Fixtures for tests of engines
 * and searches; the real ones are packages of their own.
 */
const candidateOf = ({ text, finish }: Generation): Candidate => {
  const code = /```python\n([\s\S]*?)```/.exec(text)?.[1] ?? "";
  return code === ""
    ? { plan: "", code, defect: finish === "length" ? "truncated" : "no-code" }
    : { plan: text.split("```")[0] ?? "", code };
};

/** One call of phase `code`; the parent's code and feedback are in the prompt. */
export const sketchCoder: Solve = async (proposal, work) => {
  const parent = work.journal.solution(proposal.parents[0] ?? "");
  const messages = work.prompt("sketch/code", {
    operator: proposal.operator,
    guidance: proposal.guidance.map(({ text }) => text).join("\n"),
    code: parent?.candidate.code ?? "",
    feedback: parent?.evaluation.feedback ?? "",
    memory: proposal.memory.join(" "),
  });
  return candidateOf(await work.generate({ messages }, { phase: "code" }));
};

export const sketchReflection =
  (rounds = 1): Strategy =>
  (next) =>
  async (proposal, work) => {
    let kept = await work.evaluate(await next(proposal, work));
    for (let round = 0; round < rounds && !kept.evaluation.valid; round++) {
      const slots = { code: kept.candidate.code, feedback: kept.evaluation.feedback };
      const critique = await work.generate({ messages: work.prompt("sketch/critique", slots) }, { phase: "critique" });
      const edit = await work.generate(
        { messages: work.prompt("sketch/edit", { ...slots, critique: critique.text }) },
        { phase: "edit" },
      );
      const edited = await work.evaluate({ ...candidateOf(edit), from: kept.id });
      work.note({ round, fixed: edited.evaluation.valid });
      if (!isBetter(work.task, kept, edited)) kept = edited;
    }
    return kept.candidate;
  };

export const sketchSelfConsistency =
  (samples = 3): Strategy =>
  (next) =>
  async (proposal, work) => {
    const branches = await work.fanOut(samples, async (branch) => branch.evaluate(await next(proposal, branch)));
    const [first, ...rest] = branches.flatMap((branch) => (branch.ok ? [branch.value] : []));
    if (first === undefined) throw branches.find((branch) => !branch.ok)?.error ?? new Error("no samples");
    return rest.reduce((best, solution) => (isBetter(work.task, solution, best) ? solution : best), first).candidate;
  };

export const sketchPlanThenCode = (): Strategy => (next) => async (proposal, work) => {
  const plan = await work.generate(
    { messages: work.prompt("sketch/plan", { operator: proposal.operator }) },
    { phase: "plan" },
  );
  return next(
    { ...proposal, guidance: [...proposal.guidance, { from: "plan", title: "Plan", text: plan.text }] },
    work,
  );
};

/** Every call of phase `code` becomes two in the branch that the wrap is given. */
export const sketchForcing = (): Strategy => (next) => (proposal, work) =>
  next(
    proposal,
    work.with({
      async generate(request, call, inner) {
        if (call.phase !== "code") return inner.generate(request, call);
        const thought = await inner.generate({ ...request, maxTokens: 64 }, { ...call, phase: "thought" });
        const continueFrom = { reasoning: thought.text, thinking: false, text: "" };
        return inner.generate({ ...request, continueFrom }, call);
      },
    }),
  );

/** `next` writes one segment; each is run and not evaluated. */
export const sketchCodeChain =
  (segments = 2): Strategy =>
  (next) =>
  async (proposal, work) => {
    if (proposal.operator !== "draft") return next(proposal, work);
    let code = "";
    for (let segment = 0; segment < segments; segment++) {
      const before = code;
      const fragment = work.with({
        async evaluate(candidate, inner) {
          const execution = await inner.execute({ code: before + candidate.code });
          return {
            id: `fragment-${execution.id}`,
            proposal: work.proposal,
            parents: proposal.parents,
            candidate,
            execution,
            evaluation: { valid: false, cause: "fragment", scores: [], feedback: execution.output },
          };
        },
      });
      const guidance = [
        ...proposal.guidance,
        { from: "chain", title: "Segment", text: `segment ${segment}\n${before}` },
      ];
      code += (await next({ ...proposal, operator: "segment", guidance }, fragment)).code;
    }
    return { plan: "", code };
  };

export const sketchSelfDebug =
  (rounds = 2): Strategy =>
  (next) =>
  async (proposal, work) => {
    let now = await work.evaluate(await next(proposal, work));
    for (let round = 0; round < rounds && !now.evaluation.valid; round++) {
      const slots = { code: now.candidate.code, feedback: now.evaluation.feedback };
      const fix = await work.generate({ messages: work.prompt("sketch/debug", slots) }, { phase: "debug" });
      now = await work.evaluate({ ...candidateOf(fix), from: now.id });
    }
    return now.candidate;
  };

/** The chains that were tried with the prototype of the contract. */
export const sketchChains: Readonly<Record<string, readonly Strategy[]>> = {
  baseline: [],
  reflection: [sketchReflection()],
  "self-consistency(reflection)": [sketchSelfConsistency(), sketchReflection()],
  "reflection(self-consistency)": [sketchReflection(), sketchSelfConsistency()],
  "plan(self-consistency)": [sketchPlanThenCode(), sketchSelfConsistency()],
  "self-consistency(plan)": [sketchSelfConsistency(), sketchPlanThenCode()],
  "self-consistency(self-debug)": [sketchSelfConsistency(), sketchSelfDebug()],
  "code-chain(reflection)": [sketchCodeChain(), sketchReflection()],
  "self-consistency(forcing(reflection))": [sketchSelfConsistency(), sketchForcing(), sketchReflection()],
  "self-consistency(self-consistency)": [sketchSelfConsistency(2), sketchSelfConsistency(2)],
};
