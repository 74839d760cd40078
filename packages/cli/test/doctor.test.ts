import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { freshFolder } from "./aide.ts";
import { aideHere } from "./aide-here.ts";

/** An environment with these GPUs, in MiB as the driver's tool tells them, and with these programs before all others. */
const machine = (
  gpus: readonly (readonly [name: string, total: string, free: string])[],
  more: readonly string[] = [],
) => {
  const bin = join(freshFolder(), "bin");
  mkdirSync(bin);
  const program = (name: string, text: string) => {
    writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`);
    chmodSync(join(bin, name), 0o755);
  };
  const lines = gpus.map((fields) => fields.join(", ")).join("\n");
  program(
    "nvidia-smi",
    gpus.length === 0
      ? "echo 'NVIDIA-SMI has failed' >&2; exit 9"
      : `[ "$*" = "--query-gpu=name,memory.total,memory.free --format=csv,noheader,nounits" ] || exit 1\ncat <<'END'\n${lines}\nEND`,
  );
  for (const name of more) program(name, "exit 0");
  return { PATH: `${bin}:${process.env["PATH"]}`, HF_HOME: freshFolder(), HF_HUB_CACHE: "" };
};

const rtx4090 = ["NVIDIA GeForce RTX 4090", "24564", "24210"] as const;
const h100 = ["NVIDIA H100 80GB HBM3", "81559", "81004"] as const;

/** A row of the table, by model, weights and context. */
const row = (out: string, ...begin: readonly string[]): readonly string[] =>
  out
    .split("\n")
    .map((line) =>
      line
        .replace(/^memory/, "")
        .trim()
        .split(/ {2,}/),
    )
    .find((cells) => begin.every((cell, at) => cells[at] === cell)) ?? [];

describe("aide doctor", { timeout: 60_000 }, () => {
  it("says that there is no GPU, and makes no table of what cannot be run", async () => {
    const { out } = await aideHere(["doctor"], freshFolder(), machine([], ["vllm"]));
    expect(out).toContain("gpu      no NVIDIA GPU seen\n");
    expect(out).toMatch(/^programs .*vllm \(.*\/vllm\)/m);
    expect(out).not.toContain("deepseek");
  });

  it("tells which programs are there", async () => {
    const env = { ...machine([], ["ollama"]) };
    const { out } = await aideHere(["doctor"], freshFolder(), { ...env, PATH: env.PATH.split(":")[0]! });
    expect(out).toMatch(/^programs ollama \(.*\); not on the PATH: python3, vllm, transformers$/m);
  });

  it("shows the six distills on a GPU of 24 GB", async () => {
    const { out } = await aideHere(["doctor"], freshFolder(), machine([rtx4090]));
    expect(out).toContain("gpu      NVIDIA GeForce RTX 4090, 25.8 GB (25.4 GB free)\n");
    expect(row(out, "model", "weights")).toEqual(["model", "weights", "context", "needs", "1 GPU"]);
    expect(row(out, "deepseek-1.5b", "16 bit")).toEqual([
      "deepseek-1.5b",
      "16 bit",
      "32,768",
      "6.5 GB",
      "fits, up to 131,072",
    ]);
    expect(row(out, "deepseek-7b", "16 bit")[4]).toMatch(/^fits, up to \d\d,\d{3}$/);
    expect(row(out, "deepseek-14b", "4 bit")[4]).toMatch(/^fits, /);
    expect(row(out, "deepseek-14b", "16 bit")[4]).toBe("no");
    expect(row(out, "deepseek-32b", "4 bit")[4]).toMatch(/^no/);
    expect(row(out, "deepseek-70b", "4 bit")[4]).toBe("no");
    expect(out.match(/^.*deepseek-/gm)).toHaveLength(12);
  });

  it("tells what one and two GPUs of 80 GB hold", async () => {
    const one = await aideHere(["doctor", "deepseek-70b"], freshFolder(), machine([h100]));
    expect(row(one.out, "deepseek-70b", "16 bit", "8,192")[4]).toBe("no");
    expect(row(one.out, "deepseek-70b", "4 bit", "8,192")[4]).toMatch(/^fits, /);
    const { out } = await aideHere(
      ["doctor", "deepseek-70b", "--context", "16384"],
      freshFolder(),
      machine([h100, h100]),
    );
    expect(row(out, "model", "weights")).toEqual(["model", "weights", "context", "needs", "1 GPU", "2 GPUs"]);
    expect(row(out, "deepseek-70b", "16 bit", "16,384").slice(4)).toEqual(["no", expect.stringMatching(/^fits/)]);
    expect(row(out, "deepseek-70b", "8 bit/fp8", "16,384").slice(4)).toEqual([
      expect.stringMatching(/^no, up to/),
      "fits, up to 131,072",
    ]);
  });

  it.each([
    [["backend.model=deepseek-32b", "backend.quantization=4bit", "backend.contextTokens=32768"]],
    [
      [
        "backend.use=vllm",
        "backend.model=deepseek-32b",
        "backend.quantization=bitsandbytes",
        "backend.contextTokens=32768",
      ],
    ],
    [["deepseek-32b", "--quantization", "4bit", "--context", "32768"]],
    [["deepseek-ai/DeepSeek-R1-Distill-Qwen-32B", "--quantization", "awq", "--context", "32768"]],
  ])("reads %j", async (args) => {
    const { out, err } = await aideHere(["doctor", ...args], freshFolder(), machine([rtx4090, rtx4090]));
    expect(err).toBe("");
    // 20.7 GB of weights, 8.6 GB of keys and values, 2.9 GB besides.
    expect(row(out, "deepseek-32b", "4 bit *").slice(0, 4)).toEqual(["deepseek-32b", "4 bit *", "32,768", "32.1 GB"]);
    expect(row(out, "deepseek-32b", "4 bit *").slice(4)).toEqual(["no", expect.stringMatching(/^fits, up to/)]);
    expect(row(out, "deepseek-32b", "16 bit").slice(4)).toEqual(["no", "no"]);
    expect(out).toContain("* as asked");
  });

  it("reads agent.code.model, and a config file", async () => {
    const seeded = ["agent.code.model=deepseek-7b", "agent.code.quantization=4bit"];
    expect(
      row((await aideHere(["doctor", ...seeded], freshFolder(), machine([h100]))).out, "deepseek-7b", "4 bit *"),
    ).not.toEqual([]);
    const root = freshFolder();
    writeFileSync(join(root, "aide.config.yaml"), "backend: { use: vllm, model: deepseek-8b, contextTokens: 4096 }\n");
    const { out } = await aideHere(["doctor", "aide.config.yaml"], root, machine([h100]));
    expect(row(out, "deepseek-8b", "16 bit", "4,096")[4]).toBe("fits, up to 131,072");
  });

  it("takes what is free, not what there is; and knows GPUs whose memory is not told", async () => {
    const busy = await aideHere(
      ["doctor", "deepseek-7b"],
      freshFolder(),
      machine([["NVIDIA H100 80GB HBM3", "81559", "9000"]]),
    );
    expect(row(busy.out, "deepseek-7b", "16 bit", "8,192")[4]).toBe("no");
    const { out } = await aideHere(
      ["doctor", "deepseek-7b"],
      freshFolder(),
      machine([["NVIDIA GB10", "[N/A]", "[N/A]"]]),
    );
    expect(out).toContain("gpu      NVIDIA GB10, memory not told\n");
    expect(row(out, "deepseek-7b", "16 bit", "8,192")).toHaveLength(4);
  });

  const config = {
    model_type: "llama",
    num_hidden_layers: 32,
    hidden_size: 4096,
    intermediate_size: 14_336,
    num_attention_heads: 32,
    num_key_value_heads: 8,
    vocab_size: 128_256,
    max_position_embeddings: 8192,
  };
  const folderOf = (facts: object): string => {
    const folder = freshFolder();
    writeFileSync(join(folder, "config.json"), JSON.stringify(facts));
    return folder;
  };

  it("reads the config.json of another model's folder, and how its checkpoint is quantised", async () => {
    const env = machine([rtx4090]);
    const asked = async (facts: object) =>
      (await aideHere(["doctor", "backend.use=vllm", `backend.path=${folderOf(facts)}`], freshFolder(), env)).out;
    // Meta-Llama-3-8B: 16.06 GB of weights, 1.07 GB for 8192 tokens, 2.3 GB besides.
    expect(await asked(config)).toMatch(/16 bit {2,}8,192 {2,}19\.5 GB {2}fits, up to 8,192/);
    const stored = await asked({ ...config, quantization_config: { quant_method: "awq", bits: 4 } });
    expect(stored).toMatch(/4 bit {2,}8,192/);
    expect(stored).not.toMatch(/16 bit/);
  });

  it("says what is not known", async () => {
    const env = machine([rtx4090]);
    const mixture = await aideHere(
      ["doctor", "backend.use=vllm", `backend.path=${folderOf({ ...config, num_local_experts: 8 })}`],
      freshFolder(),
      env,
    );
    expect(mixture.out).toMatch(/AIDE_MODEL_SHAPE.*[^]*mixture of experts/);
    expect(mixture.code).toBe(2);
    expect((await aideHere(["doctor", "owner/absent"], freshFolder(), env)).out).toContain(
      "aide models pull owner/absent",
    );
    expect((await aideHere(["doctor", "deepseek-r1:32b"], freshFolder(), env)).out).toContain("AIDE_MODEL_SHAPE");
    expect((await aideHere(["doctor", "deepseek-7b", "--context", "many"], freshFolder(), env)).err).toContain(
      "AIDE_ARGUMENT",
    );
    expect((await aideHere(["doctor", "slots=1"], freshFolder(), env)).err).toContain("AIDE_ARGUMENT");
  });
});
