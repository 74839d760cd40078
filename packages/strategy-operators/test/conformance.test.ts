import { plausibleAnswer, strategyConformance } from "@aide-ts/testing";
import { describe, it } from "vitest";
import {
  ablateBlocks,
  crossBranchLessons,
  fusion,
  merge,
  predictBeforeRunning,
  successiveHalving,
  tune,
} from "../src/index.ts";

strategyConformance(
  { describe, it },
  {
    plugin: tune,
    options: { seconds: 5, tries: 3, every: 2 },
    // Scripts whose number is even have hyperparameters to be found.
    run: ({ files }) => {
      const code = files?.["candidate.py"];
      if (code === undefined) return { output: "ran" };
      const found = /[02468]\n/.test(code)
        ? { kind: "tuned", code: `tuned = 1\n${code}`, tried: 3, before: 1, after: 2 }
        : { kind: "none", why: "none of 3 was better" };
      return { output: `tune:${JSON.stringify(found)}\n` };
    },
  },
);

strategyConformance(
  { describe, it },
  {
    plugin: ablateBlocks,
    options: { rows: 100, seconds: 5, refinements: 1 },
    reply: (_, { seed }) =>
      `\`\`\`python\ndef ${seed % 3 === 0 ? "other" : "add_features"}(data):\n    return data\nx = ${seed % 11}\n\`\`\``,
    run: ({ files }) => {
      const code = files?.["candidate.py"];
      if (code === undefined) return { output: "ran" };
      const effects = [{ function: "add_features", without: 1, effect: 1, error: 0.5 }];
      const found = /[02468]\n/.test(code) ? { kind: "ablated", score: 2, effects } : { kind: "none", why: "no time" };
      return { output: `ablate-blocks:${JSON.stringify(found)}\n` };
    },
  },
);

for (const bothOrders of [false, true])
  strategyConformance(
    { describe, it },
    {
      plugin: predictBeforeRunning,
      options: { n: 3, judge: "judge", bothOrders },
      reply: (request, call) =>
        JSON.stringify(request).includes("Script B")
          ? `Better: ${call.seed % 2 === 0 ? "A" : "B"}`
          : plausibleAnswer(request, call),
    },
  );

strategyConformance(
  { describe, it },
  {
    plugin: crossBranchLessons,
    options: { every: 1, branches: 3, critic: "critic" },
    reply: (request, call) =>
      JSON.stringify(request).includes("# Solutions of a search")
        ? `1. Lesson ${call.seed}.`
        : plausibleAnswer(request, call),
  },
);

strategyConformance({ describe, it }, { plugin: fusion, options: { after: 1 } });
strategyConformance(
  { describe, it },
  {
    plugin: fusion,
    options: { after: 1 },
    reply: (_, { seed }) =>
      `\`\`\`python\ndef add(data):\n    return data * ${seed % 5}\n\ndef make():\n    return ${seed % 7}\n\nfit(add, make)\n\`\`\``,
  },
);

strategyConformance(
  { describe, it },
  {
    plugin: successiveHalving,
    options: { n: 3, again: 1, rows: 100, folds: 3, seconds: 5 },
    run: ({ files }) => {
      if (files === undefined) return { output: "ran" };
      const { scripts } = JSON.parse(files["options.json"] ?? "{}") as { readonly scripts: readonly string[] };
      const gains = scripts.map((code) =>
        code.length % 3 === 0 ? { why: "KeyError" } : { gain: (code.length % 5) - 2, error: 1, folds: 3 },
      );
      return { output: `halving:${JSON.stringify({ kind: "ranked", gains })}\n` };
    },
  },
);

strategyConformance(
  { describe, it },
  {
    plugin: merge,
    options: { members: 2, every: 1 },
    reply: (_, { seed }) =>
      `\`\`\`python\ndef make_estimator():\n    return ${["Ridge", "Lasso", "SVR"][seed % 3]}(${seed % 5})\n\`\`\``,
  },
);
