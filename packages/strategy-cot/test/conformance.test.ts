import { plausibleAnswer, strategyConformance } from "@aide-ts/testing";
import { describe, it } from "vitest";
import {
  bestOfN,
  chainOfDraft,
  codeChain,
  noRepeats,
  planSearch,
  planThenCode,
  selfConsistency,
  skeleton,
} from "../src/index.ts";
import { budgetForcing } from "../src/budget-forcing.ts";

const runner = { describe, it };
const operators = ["draft", "improve", "debug"];

strategyConformance(runner, { plugin: planThenCode, options: { planner: "planner", operators } });
strategyConformance(runner, { plugin: chainOfDraft, options: { words: 5, planner: "code", operators } });
strategyConformance(runner, { plugin: codeChain, options: { segments: ["Data", "Model", "Submission"], chunk: 2 } });
strategyConformance(runner, {
  plugin: skeleton,
  options: { template: "import os\n<<MODEL>>\n" },
  reply: (_, { seed }) => `\`\`\`python\n# MODEL\nx = ${seed % 11}\n\`\`\``,
});
for (const select of ["agreement", "first-success", "best-score"] as const)
  strategyConformance(runner, { plugin: selfConsistency, options: { samples: 3, select } });
for (const by of ["score", "judge"] as const)
  strategyConformance(runner, { plugin: bestOfN, options: { n: 3, by, judge: "judge" } });
strategyConformance(runner, {
  plugin: planSearch,
  options: { observations: 3, derive: 2, plans: 2, refine: true, planner: "planner", operators: ["draft"] },
});
strategyConformance(runner, { plugin: noRepeats, options: { again: 1 } });
for (const extend of [0, 2])
  strategyConformance(runner, {
    plugin: budgetForcing,
    options: { extend, word: "Wait", cap: 64, phases: ["code"] },
    reply: (request, call) =>
      request.pauseAfterThought === true && call.seed % 4 > 0
        ? { reasoning: `hm ${call.seed % 5}`, finish: "thought-end" }
        : plausibleAnswer(request, call),
  });
