import { strategyConformance, type Staged } from "@aide-ts/testing";
import { describe, it } from "vitest";
import {
  editWithoutCritique,
  fullRewrite,
  oracleCritique,
  panel,
  reflection,
  reflexion,
  resample,
  selfDebug,
  selfRefine,
  shamCritique,
  shuffledCritique,
} from "../src/index.ts";
import { numberedAnswer } from "./reflecting.ts";

const runner = { describe, it };
const reply: NonNullable<Staged["reply"]> = numberedAnswer;
const edits = {
  form: "blocks",
  scope: "flag",
  margin: 2,
  neutral: true,
  reduce: "apply",
  reduceExecutions: 12,
} as const;
const loop = { trigger: "always", rounds: 2, accept: "if-not-worse" } as const;
const quick = { trigger: "onFailure", rounds: 1, accept: "always" } as const;
const plainEdits = { ...edits, reduce: "off" } as const;
const { scope: _scope, margin: _margin, ...unscoped } = plainEdits;

strategyConformance(runner, { plugin: reflection, options: { ...loop, critic: "critic", ...edits }, reply });
strategyConformance(runner, {
  plugin: reflection,
  options: { ...quick, critic: "critic", ...plainEdits, scope: "strict" },
  reply,
});
for (const merge of ["votes", "model"] as const)
  strategyConformance(runner, {
    plugin: panel,
    options: { ...loop, critics: ["critic", "judge"], focus: true, quorum: 1, merge, ...plainEdits },
    reply,
  });
strategyConformance(runner, { plugin: selfDebug, options: { rounds: 2, minimal: true }, reply });
strategyConformance(runner, { plugin: selfRefine, options: { ...loop, feedbackTemperature: 0.7 }, reply });
for (const checks of [false, true])
  strategyConformance(runner, { plugin: reflexion, options: { trials: 2, memory: 3, checks }, reply });
strategyConformance(runner, { plugin: shamCritique, options: { ...loop, critic: "critic", ...plainEdits }, reply });
strategyConformance(runner, { plugin: shuffledCritique, options: { ...loop, critic: "critic", ...plainEdits }, reply });
strategyConformance(runner, { plugin: editWithoutCritique, options: { ...loop, ...unscoped }, reply });
strategyConformance(runner, { plugin: fullRewrite, options: { ...loop, critic: "critic" }, reply });
strategyConformance(runner, { plugin: resample, options: { trigger: "always", samples: 2, tokens: 300 }, reply });
strategyConformance(runner, {
  plugin: oracleCritique,
  options: { ...loop, ...plainEdits, known: [{ code: "x = 1", fix: "x = 2" }] },
  reply,
});
