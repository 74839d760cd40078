import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { bitsPerWeight, distillShapes, memoryNeeded } from "@aide-ts/backend-kit";
import { describe, expect, it } from "vitest";
import { resolveConfig } from "@aide-ts/run";
import { Secrets } from "@aide-ts/run/host";
import { runHost } from "../src/run-host.ts";
import { readConfigArguments } from "../src/terminal/config-arguments.ts";
import { freshFolder } from "./aide.ts";
import { aideHere } from "./aide-here.ts";

const configs = fileURLToPath(new URL("../../../configs/", import.meta.url));
/** Those of strategies run in `tools/test/strategy-configs.test.ts`. */
const all = readdirSync(configs, { recursive: true, encoding: "utf8" }).filter(
  (file) => file.endsWith(".yaml") && !file.startsWith("strategies"),
);
const ablations = all.filter((file) => file.startsWith("ablations"));
const files = all.filter((file) => !ablations.includes(file));
const ofModels = files.filter((file) => file.startsWith("models"));

describe("a ready-made config", () => {
  it.each(files)("%s is sound", async (file) => {
    const task = ofModels.includes(file) ? ["data_dir=x", "goal=y"] : [];
    const { code, err } = await aideHere(["config", "check", join(configs, file), ...task], freshFolder());
    expect(err).toBe("");
    expect(code).toBe(0);
  });
});

it.each(ablations)("the ablation %s is sound", async (file) => {
  const { code, out, err } = await aideHere(["ablate", join(configs, file), "--dry-run"], freshFolder());
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).toMatch(/ cells$/m);
});

/** Names as deepseek-r1-qwen-32b-2x80gb-fp8.yaml. */
const named = (file: string) => {
  const [, size = "", gpus = "1", gigabytes = "", bits] =
    /-(\d+b)-(?:(\d)x)?(\d+)gb(?:-(4bit|fp8))?\.yaml$/.exec(basename(file)) ?? [];
  return { size, gpus: Number(gpus), gigabytes: Number(gigabytes), bits };
};

describe("a config of a model", () => {
  const host = runHost({ cwd: configs, secrets: new Secrets(), env: {} });
  const read = async (file: string) =>
    resolveConfig(await readConfigArguments([join(configs, file), "data_dir=x", "goal=y"], host), host);

  it.each(ofModels)("%s samples as the vendor says", async (file) => {
    const { config } = await read(file);
    expect(config.sampling).toEqual({ temperature: 0.6, topP: 0.95, maxTokens: 32_768 });
    expect(config.backend.options).toMatchObject({ systemMessages: "merge" });
  });

  it.each(ofModels.filter((file) => !file.includes("ollama")))("%s fits the GPUs that it names", async (file) => {
    const { size, gpus, gigabytes, bits } = named(file);
    const { options } = (await read(file)).config.backend;
    const shape = distillShapes[`deepseek-${size}`];
    if (shape === undefined) throw new Error(`There is no model of ${size}.`);
    expect(options["serve"]).toMatchObject({ tensorParallel: gpus });
    const { perGpu } = memoryNeeded({
      shape,
      bits: bitsPerWeight[bits === undefined ? "16bit" : bits === "fp8" ? "8bit" : "4bit"],
      contextTokens: Number(options["contextTokens"]),
      gpus,
    });
    expect(perGpu).toBeLessThan(gigabytes * 2 ** 30);
  });
});
