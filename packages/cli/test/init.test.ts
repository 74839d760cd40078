import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { init, type Questions } from "@aide-ts/init";
import { readConfigFile } from "@aide-ts/core";
import { describe, expect, it } from "vitest";
import { runHost } from "../src/run-host.ts";
import { makeReady } from "../src/setup/make-ready.ts";
import { aideHere, shellHere } from "./aide-here.ts";
import { freshFolder, smallTask } from "./aide.ts";

/** Answers in order; a choice by how its label begins. */
const answering = (...answers: readonly string[]) => {
  const left = [...answers];
  const shown: string[] = [];
  const next = (message: string) => {
    shown.push(message);
    const answer = left.shift();
    if (answer === undefined) throw new Error(`nobody answers "${message}"`);
    return answer;
  };
  const questions: Questions = {
    begin: () => undefined,
    show: (lines) => void shown.push(...lines),
    text: async (message, initial) => next(message) || initial,
    choose: async (message, choices) => {
      const answer = next(message);
      const found = choices.find(({ label }) => label.startsWith(answer));
      if (found === undefined) throw new Error(`"${answer}" is none of ${choices.map(({ label }) => label).join()}`);
      return found.value;
    },
    end: (message) => void shown.push(message),
  };
  return { questions, shown };
};

const ask = async (cwd: string, questions: Questions, ...words: readonly string[]) => {
  const { shell } = shellHere(cwd, { OLLAMA_HOST: "127.0.0.1:9" });
  const host = runHost(shell);
  const ready: Parameters<typeof init>[0]["makeReady"] = (executor) => makeReady({ executor }, shell);
  const flags = { out: undefined, yes: undefined, force: undefined };
  expect(await init({ ...shell, host, makeReady: ready, questions }, flags, ...words)).toBe(0);
  return (await readConfigFile(join(cwd, "aide.config.yaml"))) as Record<string, unknown>;
};

describe("aide init", { timeout: 60_000 }, () => {
  it("inspects the folder, asks what it cannot know, and writes a config that a run takes", async () => {
    const cwd = freshFolder();
    smallTask(cwd);
    const { questions, shown } = answering("data", "", "mean absolute error", "Qwen2.5-Coder 1.5B", "10 minutes");
    const config = await ask(cwd, questions);
    expect(shown).toContain("target   y (the sample submission asks for it), id id");
    expect(shown).toContain("metric   mae (the evaluation text says so)");
    expect(config).toMatchObject({
      data_dir: "data",
      goal: "Predict y",
      target: "y",
      eval: "mean absolute error",
      backend: "llamacpp",
      coder: { form: "blocks" },
      budget: { time: "10m" },
    });
    expect(await aideHere(["config", "check"], cwd)).toMatchObject({ code: 0, out: "The config is sound.\n" });
  });

  it("shows what is wrong with the data, and asks until a run would take them", async () => {
    const cwd = freshFolder();
    mkdirSync(join(cwd, "data"));
    const rows = Array.from({ length: 60 }, (_, at) => `${at % 7},${at % 5},${at % 3}`);
    writeFileSync(join(cwd, "data", "all.csv"), `a,b,c\n${rows.join("\n")}\n`);
    const { questions, shown } = answering("target=b", "", "", "Qwen", "30 minutes");
    const config = await ask(cwd, questions, "data");
    expect(shown.find((line) => line.startsWith("Nothing tells which column"))).toBeDefined();
    expect(config).toMatchObject({ target: "b", goal: "Predict b" });
  });

  it("asks nothing with --yes, and takes keys that are given", async () => {
    const cwd = freshFolder();
    smallTask(cwd);
    const args = [
      "init",
      "data",
      "--yes",
      "goal=Guess y",
      "backend.use=vllm",
      "backend.url=http://127.0.0.1:8000",
      "holdout.folds=1",
    ];
    const { code, out, err } = await aideHere(args, cwd);
    expect({ code, err: err.replace(/^python .*\n/m, "") }).toEqual({ code: 0, err: "" });
    expect(out).toContain("aide.config.yaml is written. `aide run` starts the search.");
    const text = readFileSync(join(cwd, "aide.config.yaml"), "utf8");
    expect(text).toContain("\nmetric: accuracy # usual for such a target\n");
    expect(await readConfigFile(join(cwd, "aide.config.yaml"))).toMatchObject({
      goal: "Guess y",
      backend: { use: "vllm", url: "http://127.0.0.1:8000" },
      holdout: { folds: 1 },
      budget: { time: "30m" },
    });
  });

  it("writes another file, whose paths are meant from its folder", async () => {
    const cwd = freshFolder();
    smallTask(cwd);
    mkdirSync(join(cwd, "configs"));
    expect((await aideHere(["init", "data", "--yes", "--out", "configs/a.yaml"], cwd)).code).toBe(0);
    expect(await readConfigFile(join(cwd, "configs", "a.yaml"))).toMatchObject({ data_dir: "../data" });
    expect((await aideHere(["config", "check", "configs/a.yaml"], cwd)).code).toBe(0);
  });

  it("knows the examples that come along", async () => {
    const cwd = freshFolder();
    expect((await aideHere(["init", "example_tasks/attrition", "--yes"], cwd)).code).toBe(0);
    expect(await readConfigFile(join(cwd, "aide.config.yaml"))).toMatchObject({ data_dir: "example_tasks/attrition" });
  });

  it("leaves a config that is there, unless it is told to write over it", async () => {
    const cwd = freshFolder();
    smallTask(cwd);
    writeFileSync(join(cwd, "aide.config.yaml"), "seed: 1\n");
    const refused = await aideHere(["init", "data", "--yes"], cwd);
    expect(refused.err).toMatch(/^AIDE_FILE_EXISTS /);
    expect(refused.code).toBe(2);
    expect(readFileSync(join(cwd, "aide.config.yaml"), "utf8")).toBe("seed: 1\n");
    expect((await aideHere(["init", "data", "--yes", "--force"], cwd)).code).toBe(0);
  });

  it.each([
    ["where nobody can answer", ["init"], "AIDE_NO_TERMINAL"],
    ["without a folder", ["init", "--yes"], "AIDE_ARGUMENT"],
    ["for a folder that is not there", ["init", "nothing", "--yes"], "AIDE_DATA_MISSING"],
    ["for a key that there is not", ["init", "data", "--yes", "goall=x"], "AIDE_CONFIG_INVALID"],
  ])("is refused %s, and writes nothing", async (_, args, code) => {
    const cwd = freshFolder();
    smallTask(cwd);
    const refused = await aideHere(args, cwd);
    expect(refused.err.split("  ")[0]).toBe(code);
    expect(refused.code).toBe(2);
    expect(existsSync(join(cwd, "aide.config.yaml"))).toBe(false);
  });
});
