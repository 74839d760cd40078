import type { Backend } from "@aide-ts/plugin";
import { availableParallelism, homedir } from "node:os";
import { join } from "node:path";
import plugin, { pullModel } from "@aide-ts/backend-llamacpp";
import { getLlama, LlamaLogLevel } from "node-llama-cpp";
import { median, report } from "./report.ts";

/** The embedded backend (a child process, its own template and prefix cache) beside node-llama-cpp itself in this process. */
const modelName = "qwen2.5-coder-1.5b";
const rounds = Number(process.env["ROUNDS"] ?? 5);
const answerTokens = 128;
const contextTokens = 2048;
const goalRatio = 1.05;
/** What repeatability may cost on a prompt of which nothing is kept. */
const repeatableGoal = 1.15;
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

const modelPath = await pullModel(modelName, { cacheFolder });

const open = async (flashAttention: boolean) => {
  const options = {
    model: modelName,
    contextTokens: contextTokens,
    sequences: 1,
    threads,
    repetitionPenalty: 1,
    flashAttention,
  };
  const checked = await plugin.options["~standard"].validate(options);
  if (checked.issues !== undefined) throw new Error(JSON.stringify(checked.issues));
  return plugin.create(checked.value, {
    cacheFolder,
    runFolder: cacheFolder,
    env: (name) => process.env[name],
    log: () => undefined,
  });
};
await using fast = await open(true);
await using plain = await open(false);

const ask = async (backend: Backend, round: number) => {
  const began = performance.now();
  const request = { messages: [{ role: "user", content: question(round) }] as const, temperature: 0 };
  const { usage, timing } = await backend.generate(request, { seed: 1, grantedTokens: answerTokens, signal });
  return { seconds: (performance.now() - began) / 1_000, first: timing.firstTokenMs / 1_000, ...usage };
};

const llama = await getLlama({ gpu: false, build: "never", maxThreads: threads, logLevel: LlamaLogLevel.error });
const model = await llama.loadModel({ modelPath });
const openRaw = async (flashAttention: boolean) => {
  const context = await model.createContext({ contextSize: contextTokens, threads, flashAttention });
  return context.getSequence();
};
const sequences = { fast: await openRaw(true), plain: await openRaw(false) };

const raw = (sequence: (typeof sequences)["fast"]) => async (round: number) => {
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
    if (answer.push(token) >= answerTokens) break;
  }
  model.detokenize(answer);
  return {
    seconds: (performance.now() - began) / 1_000,
    first,
    prompt: prompt.length,
    cached: 0,
    answer: answer.length,
  };
};

type Measured = Awaited<ReturnType<typeof ask>> | Awaited<ReturnType<ReturnType<typeof raw>>>;
/** `fast`: with flash attention, as node-llama-cpp sets itself up. `plain`: without, as aide does, so that a seed repeats on any number of threads. */
const names = ["ours-fast", "raw-fast", "ours-plain", "raw-plain"] as const;
const contestants: Readonly<Record<(typeof names)[number], (round: number) => Promise<Measured>>> = {
  "ours-fast": (round) => ask(fast, round),
  "raw-fast": raw(sequences.fast),
  "ours-plain": (round) => ask(plain, round),
  "raw-plain": raw(sequences.plain),
};

const rate = (tokens: number, seconds: number): string => (tokens / seconds).toFixed(1);

const seconds = new Map(names.map((name) => [name, [] as number[]]));
console.log(`${modelName}, ${threads} threads, ${answerTokens} tokens\n`);
console.log("round   who          seconds   prompt   kept   prefill tok/s   generation tok/s");
for (let round = 0; round <= rounds; round++)
  // Each goes first as often as the others.
  for (const who of [...names.slice(round % names.length), ...names.slice(0, round % names.length)]) {
    const made = await contestants[who](round);
    // The first round loads the models.
    if (round === 0) continue;
    seconds.get(who)?.push(made.seconds);
    const prefill = rate(made.prompt - made.cached, made.first);
    const generation = rate(made.answer - 1, made.seconds - made.first);
    console.log(
      [
        String(round).padStart(5),
        `   ${who.padEnd(11)}`,
        made.seconds.toFixed(2).padStart(9),
        String(made.prompt).padStart(9),
        String(made.cached).padStart(7),
        prefill.padStart(16),
        generation.padStart(19),
      ].join(""),
    );
  }
const again = await ask(plain, rounds);
console.log(
  `\nthe last prompt again: ${again.cached} of ${again.prompt} tokens kept, first token after ${again.first.toFixed(2)} s`,
);

const figures = [
  { name: "embedded-repeatable", ours: "ours-plain", beside: "raw-fast", goal: repeatableGoal },
  { name: "embedded-plain", ours: "ours-plain", beside: "raw-plain", goal: goalRatio },
  { name: "embedded", ours: "ours-fast", beside: "raw-fast", goal: goalRatio },
] as const;
const typical = (who: (typeof names)[number]) => median(seconds.get(who) ?? []);
for (const { name, ours, beside, goal } of figures)
  report({ name, ours: typical(ours), beside: typical(beside), goal, rounds: rounds, unit: "s" });
await model.dispose();
