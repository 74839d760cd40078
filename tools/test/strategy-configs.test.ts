import { readdirSync, readFileSync } from "node:fs";
import { checkConfig } from "@aide-ts/core";
import { describe, expect, it } from "vitest";
import { chainFor } from "../../packages/builtins/src/fork-chains.ts";
import { builtins } from "../../packages/builtins/src/plugins.ts";
import { explain } from "../../packages/cli/src/commands/explain.ts";
import { checkNeeds } from "@aide-ts/run";
import { Secrets } from "@aide-ts/run/host";
import { fromFile, runComposed, strategyConfigs } from "./composed.ts";

const files = readdirSync(strategyConfigs);
const fileOf = (name: string): string => `${strategyConfigs}${name}.yaml`;

const explained = async (file: string): Promise<string> => {
  const printed: string[] = [];
  const shell = {
    cwd: strategyConfigs,
    env: {},
    out: (text: string) => void printed.push(text),
    err: (text: string) => void printed.push(text),
    secrets: new Secrets(),
    interactive: false,
    signal: new AbortController().signal,
  };
  const code = await explain(shell, { json: false }, file);
  expect(code).toBe(0);
  return printed.join("\n");
};

const ofChain = [...builtins.keys()].flatMap((key) => {
  const [kind = "", name = ""] = key.split(":");
  return kind === "strategy" || kind === "search" ? [{ kind, name }] : [];
});

describe("configs/strategies", () => {
  it.each(ofChain)("has one for the $kind $name", async ({ kind, name }) => {
    const { config } = await fromFile(fileOf(name));
    const used = kind === "search" ? [config.search] : config.strategies;
    expect(used.map(({ use }) => use)).toContain(name);
  });

  it.each(files)("%s says in two lines below its schema what it is and when it pays", (file) => {
    const [, first = "", second = "", third = ""] = readFileSync(`${strategyConfigs}${file}`, "utf8").split("\n");
    expect(first).toMatch(/^# \S.*\.$/);
    expect(second).toMatch(/^# \S.*\.$/);
    expect(third).toBe("extends: ../house-prices.yaml");
  });

  it.each(files)("%s is explained, and runs two steps", async (file) => {
    const { plugins } = await fromFile(`${strategyConfigs}${file}`);
    const drawn = await explained(`${strategyConfigs}${file}`);
    expect(drawn).toContain(`search   ${plugins.search.use}`);
    for (const { name } of plugins.strategies) expect(drawn).toContain(`└─ ${name}`);
    checkNeeds(plugins.strategies, new Map([["code", { has: ["continuation"] }]]));
    const { ending, journal } = await runComposed(plugins, { steps: 2 });
    expect(ending.reason, ending.message).toBe("steps");
    expect(journal.outcomes.map(({ cut }) => cut)).toEqual([undefined, undefined]);
  });
});

/** The strategies of the fork that its users name. */
const fork = [
  "Baseline",
  "self-reflection",
  "planner",
  "codechain_v2",
  "codechain_v3",
  "chain-reflect",
  "self-consistency",
  "self-debug",
];

describe("a strategy of the fork", () => {
  it.each(fork)("is the same as agent.ITS_Strategy=%s and as a config", async (name) => {
    const asked = checkConfig({ data_dir: "data", goal: "Predict y", agent: { ITS_Strategy: name } }, "test");
    const { config } = await fromFile(fileOf(name));
    expect(config.strategies).toEqual(chainFor(name, asked.agent ?? {}));
    expect(readFileSync(fileOf(name), "utf8")).toContain(`agent.ITS_Strategy=${name}`);
  });
});
