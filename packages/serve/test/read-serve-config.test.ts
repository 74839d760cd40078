import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { AideError } from "@aide-ts/plugin";
import { parseOverrides } from "@aide-ts/core";
import { readRawConfig } from "@aide-ts/run";
import { secretsOf } from "@aide-ts/run/host";
import { readServeConfig } from "../src/read-serve-config.ts";
import { chainFor, planner } from "../../builtins/src/fork-chains.ts";
import { backendForModel } from "../../builtins/src/model-names.ts";
import { freshFolder } from "../../cli/test/aide.ts";

const read = async (args: readonly string[], cwd = freshFolder()) => {
  const path = args.find((argument) => argument.endsWith(".yaml"));
  const overrides = parseOverrides(args.filter((argument) => argument !== path));
  const raw = await readRawConfig(path === undefined ? "search" : { path }, overrides, { cwd, secrets: secretsOf({}) });
  return readServeConfig(raw, {
    shorthands: { backendFor: (name) => backendForModel(name, async () => "transformers"), chainFor, planner },
  });
};

const problem = async (args: readonly string[]): Promise<string> => {
  const error: unknown = await read(args).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return AideError.is(error) ? `${error.code} ${error.message}` : String(error);
};

describe("a server's config", () => {
  it("is the embedded model without a word", async () => {
    expect(await read([])).toMatchObject({
      backend: { use: "llamacpp", options: {} },
      sampling: { temperature: undefined, topP: undefined, maxTokens: undefined },
      seed: 0,
      warnings: [],
    });
    expect((await read(["backend.model=smollm2-135m"])).backend).toEqual({
      use: "llamacpp",
      options: { model: "smollm2-135m" },
    });
  });

  it("takes backend, sampling and seed from a run's config, and the command line over it", async () => {
    const cwd = freshFolder();
    writeFileSync(
      join(cwd, "run.yaml"),
      "data_dir: data\ngoal: Predict\nbackend: { use: vllm, url: 'http://x', concurrency: 3 }\nsampling: { temperature: 0.2, maxTokens: 300 }\nseed: 4\nbudget: { steps: 3 }\n",
    );
    const config = await read(["run.yaml", "backend.url=http://y", "sampling.topP=0.5", "budget.steps=4"], cwd);
    expect(config).toEqual({
      backend: { use: "vllm", options: { url: "http://y", concurrency: 3 } },
      sampling: { temperature: 0.2, topP: 0.5, maxTokens: 300 },
      seed: 4,
      source: { kind: "file", path: join(cwd, "run.yaml") },
      warnings: ["budget has no effect: a server has no task."],
    });
  });

  it("takes AIDE's own keys", async () => {
    const { backend, sampling } = await read([
      "agent.code.model=deepseek-r1:8b",
      "agent.code.temp=0.5",
      "agent.code.max_new_tokens=2048",
    ]);
    expect(backend).toMatchObject({ use: "ollama", options: { model: "deepseek-r1:8b" } });
    expect(sampling).toMatchObject({ temperature: 0.5, maxTokens: 2048 });
  });

  it("is checked as a run's is", async () => {
    expect(await problem(["samplng.topP=1"])).toMatch(/AIDE_CONFIG_INVALID.*did you mean "sampling"/);
    expect(await problem(["sampling.topp=1"])).toMatch(/AIDE_CONFIG_INVALID.*did you mean "sampling.topP"/);
    expect(await problem(["sampling.topP=7"])).toMatch(/AIDE_CONFIG_INVALID.*sampling.topP/);
    expect(await problem(["vllm"])).toMatch(/AIDE_ARGUMENT/);
    expect(await problem(["none.yaml"])).toMatch(/AIDE_CONFIG_NOT_FOUND/);
  });
});
