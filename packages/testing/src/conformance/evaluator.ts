import assert from "node:assert/strict";
import { seededRandom } from "@aide-ts/core";
import type {
  Call,
  Evaluation,
  Evaluator,
  EvaluatorHost,
  Execution,
  GenerateRequest,
  Lab,
  Message,
  Plugin,
} from "@aide-ts/plugin";
import { ScriptedBackend, type Reply } from "../scripted-backend.ts";
import type { TestRunner } from "./runner.ts";

/** A script that ran, the files it left, and what of it the evaluator must say. */
export interface Subject {
  readonly what: string;
  readonly output?: string;
  readonly files?: Readonly<Record<string, string>>;
}

export interface EvaluatorCase<O> {
  readonly plugin: Plugin<"evaluator", O>;
  readonly options: O;
  readonly host: EvaluatorHost;
  readonly subjects: readonly Subject[];
  /** What the model answers, for evaluators that ask one. */
  readonly reply?: (request: GenerateRequest) => Reply;
}

const before: Evaluation = {
  valid: true,
  score: { value: 0.5, source: "reported" },
  scores: [{ value: 0.5, source: "reported" }],
  feedback: "It reports a validation score of 0.5.",
};

const odd: readonly Subject[] = [
  { what: "a script that left nothing" },
  { what: "endless output", output: "x".repeat(1_000_000) },
  { what: "an empty submission", files: { "submission/submission.csv": "" } },
  { what: "a submission that is no table", files: { "submission/submission.csv": '\u0000\u0001 no table\n\n"' } },
  { what: "a submission of another task", files: { "submission/submission.csv": "a,b\n1,2\n" } },
  ...["nan", "inf", "-inf", "1e400", "0", "1", "-0", "None", "0x10", "1,5", ""].map((value) => ({
    what: `a printed score of "${value}"`,
    output: `validation score: ${value}\n`,
  })),
];

/** What every evaluator must hold to: it repeats, never throws for what a script did, and extends what earlier evaluators gave. */
export const evaluatorConformance = <O>({ describe, it }: TestRunner, tested: EvaluatorCase<O>): void => {
  const { plugin, options, host } = tested;
  const subjects = [...tested.subjects, ...odd];
  const create = (): Evaluator => plugin.create(options, host);
  const judge = (subject: Subject, earlier: Evaluation | undefined, answer = tested.reply): Promise<Judgement> =>
    evaluate(create(), plugin, host, subject, earlier, answer);

  describe(`evaluator ${plugin.name}`, () => {
    for (const subject of subjects) {
      it(`judges ${subject.what} twice alike`, async () => {
        const [first, second] = [await judge(subject, undefined), await judge(subject, undefined)];
        assert.deepEqual(first.evaluation, second.evaluation);
        if (first.evaluation !== undefined) checkEvaluation(first.evaluation);
      });

      it(`extends what was said of ${subject.what}, and leaves it as it is`, async () => {
        const earlier = structuredClone(before);
        const { evaluation } = await judge(subject, earlier);
        assert.deepEqual(earlier, before, "the earlier evaluation was changed");
        // Who cannot judge it leaves the earlier one.
        if (evaluation === undefined) return;
        checkEvaluation(evaluation);
        assert.deepEqual(
          evaluation.scores.slice(0, before.scores.length),
          before.scores,
          "an earlier score was dropped",
        );
      });
    }

    it("lives with a model that answers nonsense", async () => {
      for (const answer of [
        "",
        "no",
        "{",
        '{"failed": "perhaps"}',
        "null",
        "[]",
        '{"failed":false,"summary":1,"metric":"nan"}',
      ]) {
        for (const subject of tested.subjects) {
          const { evaluation } = await judge(subject, undefined, () => answer);
          if (evaluation !== undefined) checkEvaluation(evaluation);
        }
      }
    });

    it("labels every call with a phase", async () => {
      for (const subject of subjects)
        for (const { phase } of (await judge(subject, undefined)).calls) assert.match(phase, /^[a-z][a-z-]*$/);
    });
  });
};

interface Judgement {
  readonly evaluation: Evaluation | undefined;
  readonly calls: readonly Call[];
}

const evaluate = async (
  evaluator: Evaluator,
  { prompts = {} }: { readonly prompts?: Readonly<Record<string, string>> },
  { task }: EvaluatorHost,
  { output = "", files = {} }: Subject,
  earlier: Evaluation | undefined,
  reply: (request: GenerateRequest) => Reply = () => "",
): Promise<Judgement> => {
  const calls: Call[] = [];
  const backend = new ScriptedBackend({ reply });
  const { signal } = new AbortController();
  const execution: Execution = { id: "e", fate: "ok", output, seconds: 1, artifacts: Object.keys(files) };
  const lab: Lab = {
    task,
    random: seededRandom("lab"),
    signal,
    generate: (request, call) => {
      calls.push(call);
      return backend.generate(request, { seed: 1, grantedTokens: 2048, signal });
    },
    execute: async () => execution,
    read: async (_execution, path) => {
      const text = files[path];
      if (text === undefined) throw new Error(`${path} is no artifact`);
      return Buffer.from(text);
    },
    prompt: (name, slots): readonly Message[] => {
      assert.ok(name in prompts, `it asks for a prompt "${name}" that it does not bring`);
      return [{ role: "user", content: `${name}\n${JSON.stringify(slots)}` }];
    },
  };
  const evaluation = await evaluator.evaluate({ candidate: { plan: "", code: "x = 1" }, execution }, earlier, lab);
  return { evaluation, calls };
};

/** A verdict that search, prompts and log can use: finite scores, a reason in words, plain data. */
const checkEvaluation = (evaluation: Evaluation): void => {
  assert.deepEqual(JSON.parse(JSON.stringify(evaluation)), JSON.parse(JSON.stringify({ ...evaluation })));
  assert.notEqual(evaluation.feedback.trim(), "");
  for (const { value, error } of evaluation.scores) {
    assert.ok(Number.isFinite(value), `a score of ${value}`);
    assert.ok(error === undefined || error >= 0, `a standard error of ${error}`);
  }
  if (evaluation.valid) assert.ok(Number.isFinite(evaluation.score.value), `a score of ${evaluation.score.value}`);
};
