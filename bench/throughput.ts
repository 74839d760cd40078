// Tokens per second of a model server: driven by one of our backends, and by a bare loop of undici that sends the same requests.
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Backend, Host } from "@aide-ts/plugin";
import { Agent } from "undici";
import { atATime, bareChat } from "./bare-loop.ts";
import { sum } from "./report.ts";

export interface Load {
  readonly url: string;
  readonly backend: Backend;
  /** Of a bare request, beside its messages, seed and limit: whatever the backend sends too. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly concurrency: number;
  readonly calls: number;
  /** That each call writes, no fewer and no more. */
  readonly tokens: number;
  readonly rounds: number;
}

/** Tokens per second, one of each round. */
export interface Throughput {
  readonly ours: readonly number[];
  readonly bare: readonly number[];
}

/** Of a prompt: about 60 tokens, since writing is what is measured. */
const phrases = 8;

export const benchHost = (): Host => {
  const runFolder = mkdtempSync(join(tmpdir(), "aide-bench-"));
  return { cacheFolder: runFolder, runFolder, env: () => "sk-bench", log: () => undefined };
};

/** No two begin alike, so that no server has any of it from before. */
export const question = (at: number, sentences: number) => [
  { role: "user" as const, content: `Question ${at}. ${"Some words of a prompt. ".repeat(sentences)}` },
];

/** Asks a backend and gives the tokens that it wrote. */
export const ask = async (
  backend: Backend,
  at: number,
  sentences: number,
  grantedTokens: number,
  signal: AbortSignal,
): Promise<number> => {
  const request = { messages: question(at, sentences), temperature: 1 };
  const { usage } = await backend.generate(request, { seed: at, grantedTokens, signal });
  return usage.answer + usage.reasoning;
};

/** What `VllmBackend` sends at temperature 1 and top_p 1; every call writes all of its tokens. */
export const vllmBody = { ignore_eos: true };
export const vllmFields = {
  temperature: 1,
  top_p: 1,
  top_k: 0,
  min_p: 0,
  repetition_penalty: 1,
  stream_options: { include_usage: true, continuous_usage_stats: true },
  ...vllmBody,
};

const rate = async (work: () => Promise<readonly number[]>): Promise<number> => {
  const began = performance.now();
  const tokens = sum(await work());
  return (1000 * tokens) / (performance.now() - began);
};

/** In turns, after as many calls for warming up as run at a time. Prints a line a round. */
export const throughput = async (load: Load): Promise<Throughput> => {
  const { url, backend, fields, concurrency, calls, tokens, rounds } = load;
  const { signal } = new AbortController();
  const agent = new Agent({ connections: concurrency, headersTimeout: 0, bodyTimeout: 0 });
  const bare = async (at: number): Promise<number> => {
    const body = { ...fields, max_tokens: tokens, seed: at, messages: question(at, phrases), stream: true };
    return (await bareChat(`${url}/v1/chat/completions`, JSON.stringify(body), agent)).tokens;
  };
  const ours = (at: number): Promise<number> => ask(backend, at, phrases, tokens, signal);
  let asked = 0;
  const rateOf = (call: (at: number) => Promise<number>, count: number): Promise<number> => {
    const first = asked;
    asked += count;
    return rate(() => atATime(count, concurrency, (at) => call(first + at)));
  };
  await rateOf(bare, concurrency);
  await rateOf(ours, concurrency);
  const rates = { ours: [] as number[], bare: [] as number[] };
  for (let round = 1; round <= rounds; round++) {
    const bareRate = await rateOf(bare, calls);
    const ourRate = await rateOf(ours, calls);
    rates.bare.push(bareRate);
    rates.ours.push(ourRate);
    console.log(
      `${String(concurrency).padStart(4)} at a time, round ${round}: bare loop ${bareRate.toFixed(0)} tokens/s, ours ${ourRate.toFixed(0)}, ratio ${(ourRate / bareRate).toFixed(3)}`,
    );
  }
  await agent.close();
  return rates;
};
