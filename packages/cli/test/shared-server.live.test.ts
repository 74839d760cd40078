import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { folders } from "../../../tools/live/folders.ts";
import { aide, freshFolder } from "./aide.ts";
import { writeLineTask } from "./line-tasks.ts";

const vllm = JSON.stringify({
  use: "vllm",
  path: join(folders.models, "smollm2-135m"),
  contextTokens: 4096,
  serve: {
    python: folders.python,
    flags: ["--enforce-eager", "--dtype", "bfloat16"],
    env: { VLLM_CPU_KVCACHE_SPACE: "1", VLLM_CPU_OMP_THREADS_BIND: "nobind", HF_HUB_OFFLINE: "1" },
  },
});

const plan = (backend: string): string => `base:
  backend: ${backend}
  sampling: { maxTokens: 48 }
  rehearse: false
  budget: { steps: 1 }
tasks: [./one]
seeds: 2
arms: { plain: { strategies: [] }, repair: { strategies: [static-repair] } }
`;

it(
  "processes that make cells at a time share one vLLM, which ends with the ablation",
  { timeout: 300_000 },
  async () => {
    const root = freshFolder();
    writeLineTask(root, "one");
    writeFileSync(join(root, "shared.yaml"), plan(vllm));
    const { code, out, err } = await aide(["ablate", "shared.yaml", "--jobs", "2"], root);
    expect(code, err).toBe(0);
    expect(out).toContain("shared: 2 arms, 1 task, 2 seeds");
    expect(err.match(/ready after/g)).toHaveLength(1);
    const folder = join(root, "ablations/shared");
    const logs = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) =>
      /(serve|vllm)\.log$/.test(path),
    );
    expect(logs).toEqual([expect.stringMatching(/^launch/)]);
    const [url = ""] =
      /http:\/\/127\.0\.0\.1:\d+/.exec(readFileSync(join(folder, "launch/servers.json"), "utf8")) ?? [];
    await expect(fetch(url)).rejects.toThrow();
    for (const cell of ["plain/seed-0", "plain/seed-1", "repair/seed-0", "repair/seed-1"])
      expect(existsSync(join(folder, "cells/one", cell, "report.md"))).toBe(true);
    // Made again without anything to be made, nothing is started.
    const again = await aide(["ablate", "shared.yaml"], root);
    expect(again).toMatchObject({ code: 0, err: "" });
  },
);

it("an endpoint at which nobody answers is named before anything is made", { timeout: 60_000 }, async () => {
  const root = freshFolder();
  writeLineTask(root, "one");
  writeFileSync(join(root, "shared.yaml"), plan("{ use: vllm, url: http://127.0.0.1:9 }"));
  const { code, err } = await aide(["ablate", "shared.yaml"], root);
  expect(err).toContain("AIDE_BACKEND_UNREACHABLE");
  expect(code).not.toBe(0);
  expect(existsSync(join(root, "ablations/shared/cells"))).toBe(false);
});
