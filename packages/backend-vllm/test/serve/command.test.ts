import { chmodSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { options } from "../../src/index.ts";
import { serveCommand } from "../../src/serve/command.ts";

const folder = mkdtempSync(join(tmpdir(), "aide-vllm-path-"));
writeFileSync(join(folder, "vllm"), "#!/bin/sh\n");
chmodSync(join(folder, "vllm"), 0o755);
const host = { env: (name: string) => (name === "PATH" ? `/nowhere:${folder}` : undefined) };
const command = (given: object, where = host) => serveCommand(options.parse(given), 9000, where).join(" ");

describe("serveCommand", () => {
  it("takes the vllm that is installed, and a short name for the hub's", () => {
    expect(command({ model: "deepseek-7b" })).toBe(
      `${folder}/vllm serve deepseek-ai/DeepSeek-R1-Distill-Qwen-7B --served-model-name deepseek-7b --host 127.0.0.1 --port 9000 --enable-prompt-tokens-details --generation-config vllm`,
    );
  });

  it("takes weights from a folder, quantised as people call it, shared by GPUs, with flags of one's own", () => {
    const line = command({
      model: "deepseek-32b",
      path: "/models/r1",
      quantization: "4bit",
      contextTokens: 32768,
      serve: { python: "/venv/bin/python", tensorParallel: 2, gpuMemory: 0.9, flags: ["--enforce-eager"] },
    });
    expect(line).toBe(
      "/venv/bin/python -m vllm.entrypoints.openai.api_server --model /models/r1 --served-model-name deepseek-32b --host 127.0.0.1 --port 9000 --enable-prompt-tokens-details --generation-config vllm --max-model-len 32768 --quantization bitsandbytes --tensor-parallel-size 2 --gpu-memory-utilization 0.9 --enforce-eager",
    );
  });

  it("says what is missing", () => {
    expect(() => command({ model: "deepseek-7b" }, { env: () => undefined })).toThrow("vLLM is not installed");
    expect(() => command({})).toThrow("Nothing says which model");
  });
});
