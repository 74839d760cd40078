import { availableParallelism, homedir } from "node:os";
import { join } from "node:path";
import plugin, { pullModel } from "../packages/backend-llamacpp/src/index.ts";
import { getLlama } from "../packages/backend-llamacpp/node_modules/node-llama-cpp/dist/index.js";

/** The embedded backend (a child process, its own template and prefix cache) beside node-llama-cpp itself in this process. */
const MODEL = "qwen2.5-coder-1.5b";
const ROUNDS = Number(process.env["ROUNDS"] ?? 5);
const ANSWER_TOKENS = 128;
const CONTEXT_TOKENS = 2048;
const GOAL = 1.05;
const threads = availableParallelism();
const cacheFolder = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "aide");
const { signal } = new AbortController();

/** About a thousand tokens; the round comes first, so that no round finds the prefix of another. */
const question = (round: number): string =>
  [
    `Data set number ${round}. Its columns:`,
    ...Array.from(
      { length: 58 },
      (_, column) => `- column_${column}: float64, ${(column * 37) % 101} missing, mean ${column}`,
    ),
    "Write one long Python script that loads train.csv, cleans every column, and trains a gradient boosting model.",
  ].join("\n");

const modelPath = await pullModel(MODEL, { cacheFolder });

const checked = await plugin.options["~standard"].validate({
  model: MODEL,
  contextTokens: CONTEXT_TOKENS,
  sequences: 1,
  threads,
  repeatPenalty: 1,
});
if (checked.issues !== undefined) throw new Error(JSON.stringify(checked.issues));
await using backend = plugin.create(checked.value, {
  cacheFolder,
  runFolder: cacheFolder,
  env: (name) => process.env[name],
  log: () => undefined,
});

const ours = async (round: number) => {
  const began = performance.now();
  const request = { messages: [{ role: "user", content: question(round) }] as const, temperature: 0 };
  const { usage, timing } = await backend.generate(request, { seed: 1, grantedTokens: ANSWER_TOKENS, signal });
  return { seconds: (performance.now() - began) / 1_000, first: timing.firstTokenMs / 1_000, ...usage };
};

const llama = await getLlama({ gpu: false, build: "never", maxThreads: threads });
const model = await llama.loadModel({ modelPath });
const context = await model.createContext({ contextSize: CONTEXT_TOKENS, threads });
const sequence = context.getSequence();

const beside = async (round: number) => {
  const began = performance.now();
  const system = "You are Qwen, created by Alibaba Cloud. You are a helpful assistant.";
  const prompt = model.tokenize(
    `<|im_start|>system\n${system}<|im_end|>\n<|im_start|>user\n${question(round)}<|im_end|>\n<|im_start|>assistant\n`,
    true,
  );
  await sequence.clearHistory();
  const answer = [];
  let first = 0;
  for await (const token of sequence.evaluate(prompt, { temperature: 0 })) {
    if (answer.length === 0) first = (performance.now() - began) / 1_000;
    if (answer.push(token) >= ANSWER_TOKENS) break;
  }
  model.detokenize(answer);
  return { seconds: (performance.now() - began) / 1_000, first, prompt: prompt.length, answer: answer.length };
};

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const rate = (tokens: number, seconds: number): string => (tokens / seconds).toFixed(1);

await ours(1_000);
await beside(1_000);
console.log(`${MODEL}, ${threads} threads, ${ANSWER_TOKENS} tokens, seconds for each answer\n`);
console.log("round    ours  beside   prefill tok/s   generation tok/s   prompt");
const times: { readonly ours: number; readonly beside: number }[] = [];
for (let round = 1; round <= ROUNDS; round++) {
  // Each goes first in every other round.
  const early = round % 2 === 0 ? await beside(round) : undefined;
  const mine = await ours(round);
  const theirs = early ?? (await beside(round));
  times.push({ ours: mine.seconds, beside: theirs.seconds });
  const prefill = `${rate(mine.prompt - mine.cached, mine.first)} / ${rate(theirs.prompt, theirs.first)}`;
  const generation = `${rate(mine.answer - 1, mine.seconds - mine.first)} / ${rate(theirs.answer - 1, theirs.seconds - theirs.first)}`;
  console.log(
    `${String(round).padStart(5)}${mine.seconds.toFixed(2).padStart(8)}${theirs.seconds.toFixed(2).padStart(8)}   ${prefill.padEnd(16)}${generation.padEnd(19)}${mine.prompt} / ${theirs.prompt} (${mine.cached} kept)`,
  );
}
const again = await ours(ROUNDS);
console.log(
  `\nthe last prompt again: ${again.cached} of ${again.prompt} tokens kept, first token after ${again.first.toFixed(2)} s`,
);

const [ourTime, besideTime] = [median(times.map((time) => time.ours)), median(times.map((time) => time.beside))];
const ratio = ourTime / besideTime;
console.log(
  JSON.stringify({
    name: "embedded",
    ours: Number(ourTime.toFixed(3)),
    beside: Number(besideTime.toFixed(3)),
    ratio: Number(ratio.toFixed(3)),
    goal: GOAL,
    ok: ratio <= GOAL,
    rounds: ROUNDS,
    unit: "s",
  }),
);
await model.dispose();
