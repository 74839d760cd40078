import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEvents } from "@aide-ts/core";
import { describe, expect, it, vi } from "vitest";
import { folders } from "../../../tools/live/folders.ts";
import { startOllama } from "../../../tools/live/servers.ts";
import { aide, freshFolder, runFolder, start as startAide } from "./aide.ts";

vi.setConfig({ testTimeout: 1_200_000 });

const steps = Number(process.env["AIDE_LIVE_STEPS"] ?? 1);

/** vLLM reads all weights for each token: on two cores the large model takes many minutes for a script, and no token for so long that it counts as silent. */
const onVllm = steps === 1 ? "smollm2-135m" : "qwen2.5-coder-1.5b";

/** AIDE's own example. */
const example = [
  "data_dir=example_tasks/house_prices",
  "goal=Predict the sales price for each house",
  "eval=Use the RMSE metric between the logarithm of the predicted and observed values.",
];

/** With all that is the same on every server. */
const job = [...example, `agent.steps=${steps}`, "backend.contextTokens=8192", "seed=1"];

const onServer: readonly (readonly [
  string,
  () => Promise<AsyncDisposable & { readonly backend: readonly string[] }>,
])[] = [
  [
    "the embedded model",
    async () => ({ backend: ["backend.use=llamacpp"], [Symbol.asyncDispose]: async () => undefined }),
  ],
  [
    "Ollama",
    async () => {
      const server = await startOllama();
      return {
        backend: [
          "backend.use=ollama",
          `backend.url=${server.url}`,
          "backend.model=qwen2.5-coder-1.5b",
          "backend.threads=2",
        ],
        [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
      };
    },
  ],
  [
    "vLLM, started for it",
    async () => ({
      backend: [
        "backend.use=vllm",
        `backend.path=${join(folders.models, onVllm)}`,
        ...(steps === 1 ? ["agent.code.max_new_tokens=256"] : []),
        `backend.serve.python=${folders.python}`,
        `backend.serve.flags=${JSON.stringify(["--enforce-eager", "--dtype=bfloat16", "--no-enable-chunked-prefill", "--max-num-batched-tokens=8192"])}`,
        `backend.serve.env=${JSON.stringify({ VLLM_CPU_KVCACHE_SPACE: "1", VLLM_CPU_OMP_THREADS_BIND: "nobind", HF_HUB_OFFLINE: "1" })}`,
      ],
      [Symbol.asyncDispose]: async () => undefined,
    }),
  ],
];

const exceptionsIn = (logs: string): readonly (string | undefined)[] =>
  parseEvents(readFileSync(join(logs, "events.jsonl")), "events.jsonl").events.flatMap((event) => {
    if (event.type !== "effect-ended" || typeof event.value !== "object" || event.value === null) return [];
    if (!("fate" in event.value)) return [];
    const exception = "exception" in event.value ? event.value.exception : undefined;
    return [
      typeof exception === "object" && exception !== null && "type" in exception ? String(exception.type) : undefined,
    ];
  });

describe("the default model, embedded", () => {
  it("is asked for the first example of AIDE, is stopped, and says how to go on", async () => {
    const root = freshFolder();
    const run = startAide(example, root);
    const events = () => (existsSync(join(root, "logs")) ? join(runFolder(root), "events.jsonl") : "");
    await vi.waitUntil(() => existsSync(events()) && readFileSync(events(), "utf8").includes('"kind":"generate"'), {
      timeout: 60_000,
      interval: 100,
    });
    // Ctrl+C comes from the terminal, and again from the process that started this one.
    run.kill("SIGINT");
    setTimeout(() => run.kill("SIGINT"), 50);
    const { code, out, err } = await run.ended;
    expect(out + err).toMatch(/npx aide resume /);
    expect(JSON.parse(readFileSync(join(runFolder(root), "run.json"), "utf8")).models.code.model).toBe(
      "qwen2.5-coder-1.5b",
    );
    expect(code).toBe(130);
  });
});

describe("on a real server each, with only its backend named", () => {
  describe(`the main job of ${steps} steps`, () => {
    it.each(onServer)("runs on %s", async (name, start) => {
      await using server = await start();
      const root = freshFolder();
      const { code, out, err } = await aide(["run", ...job, ...server.backend], root);
      expect([0, 1], `${out}${err}`).toContain(code);
      expect(out).toContain(steps === 1 ? "The one step is done." : `All ${steps} steps are done.`);
      const [run = ""] = readdirSync(join(root, "logs"));
      const exceptions = exceptionsIn(join(root, "logs", run));
      const report = readFileSync(join(root, "logs", run, "report.md"), "utf8");
      console.log(
        `${name}:\n${report
          .split("\n")
          .filter((line) => /^- (best|solutions|ended)|^\| \d/.test(line))
          .join("\n")}`,
      );
      // A script of its 256 tokens is none.
      if (server.backend.some((key) => key.includes("smollm2"))) return;
      expect(exceptions.length, "no script was run").toBeGreaterThan(0);
      expect(exceptions.some((type) => type !== "SyntaxError" && type !== "IndentationError")).toBe(true);
    });
  });
});
