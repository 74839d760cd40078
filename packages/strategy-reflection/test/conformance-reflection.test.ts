import { strategyConformance, type Staged } from "@aide-ts/testing";
import { describe, it } from "vitest";
import { reflection, selfDebug } from "../src/index.ts";
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

strategyConformance(runner, {
  plugin: reflection,
  options: { trigger: "always", rounds: 2, accept: "if-not-worse", critic: "critic", ...edits },
  reply,
});
strategyConformance(runner, {
  plugin: reflection,
  options: {
    trigger: "onFailure",
    rounds: 1,
    accept: "always",
    critic: "critic",
    ...edits,
    scope: "strict",
    reduce: "off",
  },
  reply,
});
strategyConformance(runner, { plugin: selfDebug, options: { rounds: 2, minimal: true }, reply });
