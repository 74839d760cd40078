// What a model that thinks can be made to do by a server that a backend starts: thoughts opened, limited, gone on from and closed, and tokens counted
// as the server counts them. Weights may be random (random_model.py): whatever they write, none of this depends on it.
import { parseArgs } from "node:util";
import { freePort } from "@aide-ts/backend-kit";
import { options as transformersOptions, TransformersBackend } from "@aide-ts/backend-transformers";
import { options as vllmOptions, VllmBackend } from "@aide-ts/backend-vllm";
import type { Backend, Generation, GenerateRequest } from "@aide-ts/plugin";
import { benchHost } from "../throughput.ts";

const { values } = parseArgs({
  options: {
    /** vllm or transformers. */
    backend: { type: "string", default: "vllm" },
    /** Folder of the weights and of the model's own tokenizer. */
    model: { type: "string" },
    /** That the server is run by. */
    python: { type: "string", default: "python3" },
    quantization: { type: "string" },
    context: { type: "string", default: "8192" },
    /** Of the server. */
    flag: { type: "string", multiple: true, default: [] },
    /** Of the server, as NAME=value. */
    env: { type: "string", multiple: true, default: [] },
  },
});
const { model: path, python, quantization } = values;
const env = Object.fromEntries(values.env.map((one) => one.split(/=(.*)/s).slice(0, 2)));
const { signal } = new AbortController();
const host = { ...benchHost(), env: (name: string) => process.env[name], log: (line: string) => console.error(line) };

const drivers: Readonly<Record<string, (port: number) => Backend>> = {
  vllm: (port) => {
    const serve = { python, port, env, flags: ["--reasoning-parser", "deepseek_r1", ...values.flag] };
    const contextTokens = Number(values.context);
    return new VllmBackend(vllmOptions.parse({ path, contextTokens, thinking: true, quantization, serve }), host);
  },
  transformers: (port) => {
    const serve = { python, port, env, flags: values.flag };
    const contextTokens = Number(values.context);
    const chosen = transformersOptions.parse({ path, contextTokens, thinking: true, quantization, serve });
    return new TransformersBackend(chosen, host);
  },
};

const question = "Which of these two models is better on held-out rows, and why? Grüße aus Köln, 世界!";

interface Check {
  readonly what: string;
  readonly expected: string;
  readonly found: string;
  readonly ok: boolean;
}

class Checks {
  readonly rows: Check[] = [];
  readonly #backend: Backend;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  async run(): Promise<void> {
    await this.#counts();
    await this.#opened();
    for (const limit of [1, 16, 256]) await this.#limited(limit);
    await this.#forced(3);
    await this.#continued();
  }

  async #counts(): Promise<void> {
    const asked = this.#asked();
    const counted = await this.#backend.countTokens?.(asked);
    const { usage } = await this.#generate(asked, 8);
    // "<think>" and a line's end, where the template has no thought opened.
    const opening = usage.prompt - (counted ?? NaN);
    const found = opening === 0 ? String(counted) : `${counted}, and ${opening} that open a thought`;
    this.#add("tokens of a prompt", `${usage.prompt}, which the server says`, found, opening === 0 || opening === 2);
    this.#add("tokens of an answer", "8, from the server", shownUsage(usage), total(usage) === 8 && !usage.estimated);
  }

  /** A model whose weights are random never ends a thought. */
  async #opened(): Promise<void> {
    const { finish, text, reasoning, usage } = await this.#generate(this.#asked(), 48);
    const ok = finish === "length-in-thought" && text === "" && reasoning !== "" && total(usage) === 48;
    this.#add(
      "a thought is opened",
      "length-in-thought, no text, 48 tokens",
      `${finish}, ${shown(text)}, ${shownUsage(usage)}`,
      ok,
    );
  }

  async #limited(limit: number): Promise<void> {
    const { text, usage } = await this.#generate(this.#asked({ maxThoughtTokens: limit }), limit + 64);
    const ok = usage.reasoning <= limit && usage.answer > 0 && text.trim() !== "";
    this.#add(`a thought of at most ${limit}`, `at most ${limit}, then an answer`, shownUsage(usage), ok);
  }

  /** Budget forcing: a thought that ends goes on after "Wait"; then the answer. */
  async #forced(times: number): Promise<void> {
    let reasoning = "";
    let more: Partial<GenerateRequest> = {};
    const stretches: number[] = [];
    for (let time = 0; time <= times; time++) {
      const asked = this.#asked({ maxThoughtTokens: 24, pauseAfterThought: true, ...more });
      const part = await this.#generate(asked, 200);
      if (part.finish !== "thought-end") return this.#add("budget forcing", "thought-end", part.finish, false);
      stretches.push(part.usage.reasoning);
      reasoning += part.reasoning;
      if (time < times) reasoning += "\nWait";
      more = { continueFrom: { reasoning, thinking: true, text: "" } };
    }
    const {
      finish,
      text,
      reasoning: again,
      usage,
    } = await this.#generate(this.#asked({ continueFrom: { reasoning, thinking: false, text: "" } }), 32);
    const found = `${stretches.join(" + ")} of thought, then ${usage.answer} of answer (${finish})`;
    const ok = stretches.every((tokens) => tokens <= 24) && again === "" && usage.answer === 32 && text !== "";
    this.#add(`budget forcing, "Wait" ${times} times`, "at most 24 each, then 32 of answer", found, ok);
  }

  async #continued(): Promise<void> {
    const before = "```python\nimport pandas as pd\n";
    const continueFrom = { reasoning: "The trees are better.", thinking: false, text: before };
    const { text, reasoning, usage } = await this.#generate(this.#asked({ continueFrom }), 24);
    const ok = reasoning === "" && text !== "" && !text.startsWith("```python") && usage.answer === 24;
    this.#add(
      "an answer is gone on with",
      "24 tokens of text, its beginning not again",
      `${shownUsage(usage)}, ${shown(text)}`,
      ok,
    );
  }

  #asked(more: Partial<GenerateRequest> = {}): GenerateRequest {
    return { messages: [{ role: "user", content: question }], temperature: 0.6, ...more };
  }

  #generate(request: GenerateRequest, grantedTokens: number): Promise<Generation> {
    return this.#backend.generate(request, { seed: 7, grantedTokens, signal });
  }

  #add(what: string, expected: string, found: string, ok: boolean): void {
    this.rows.push({ what, expected, found, ok });
  }
}

type Usage = Generation["usage"];
const total = ({ reasoning, answer }: Usage): number => reasoning + answer;
const shownUsage = ({ reasoning, answer, estimated }: Usage): string =>
  `${reasoning} of thought, ${answer} of answer${estimated ? ", what was cached estimated" : ""}`;
const shown = (text: string): string => (text === "" ? "no text" : JSON.stringify(text.slice(0, 12)));

const drive = drivers[values.backend];
if (drive === undefined || path === undefined)
  throw new Error(`usage: --model FOLDER --backend ${Object.keys(drivers).join("|")}`);
const backend = drive(await freePort());
await using _closed = backend;
const began = performance.now();
const { has, details } = await backend.capabilities(signal);
console.log(
  `ready after ${((performance.now() - began) / 1000).toFixed(0)} s: ${has.join(", ")}; ${JSON.stringify(details)}`,
);
const checks = new Checks(backend);
await checks.run();
console.log("| what | expected | found | |\n| --- | --- | --- | --- |");
for (const { what, expected, found, ok } of checks.rows)
  console.log(`| ${what} | ${expected} | ${found.replaceAll("|", "\\|")} | ${ok ? "ok" : "**not so**"} |`);
if (checks.rows.some(({ ok }) => !ok)) process.exitCode = 1;
