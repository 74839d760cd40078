// The backends beside a bare loop of undici that sends the same requests and parses the same streams.
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { OpenAiBackend, options as openAiOptions } from "@aide-ts/backend-openai";
import { options as vllmOptions, VllmBackend } from "@aide-ts/backend-vllm";
import type { Backend } from "@aide-ts/plugin";
import { Agent } from "undici";
import { startVllm } from "../tools/live/servers.ts";
import { atATime, bareChat } from "./bare-loop.ts";
import { median, report, sum } from "./report.ts";

const ROUNDS = Number(process.env["ROUNDS"] ?? 5);
const CALLS = 10_000;
const PIECES = 100;
const AT_A_TIME = 256;
const CPU_GOAL = 2;

/** On a real server. */
const REAL_CALLS = 64;
const REAL_AT_A_TIME = 32;
const REAL_TOKENS = 64;
const THROUGHPUT_GOAL = 1 / 0.97;

const { signal } = new AbortController();
const host = () => {
  const runFolder = mkdtempSync(join(tmpdir(), "aide-bench-"));
  return { cacheFolder: runFolder, runFolder, env: () => "sk-bench", log: () => undefined };
};
const messages = (at: number) => [
  { role: "user" as const, content: `Question ${at}. ${"Some words of a prompt. ".repeat(40)}` },
];

const cpuSeconds = async (work: () => Promise<unknown>): Promise<number> => {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
};

const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
};

const generate = async (backend: Backend, at: number, tokens: number): Promise<number> => {
  const { usage } = await backend.generate(
    { messages: messages(at), temperature: 1 },
    { seed: at, grantedTokens: tokens, signal },
  );
  return usage.answer + usage.reasoning;
};

const streams = async (): Promise<void> => {
  const server = fork(fileURLToPath(new URL("./backend-server.ts", import.meta.url)), [String(PIECES)]);
  const told = async (): Promise<{ readonly port?: number; readonly most?: number }> =>
    (await once(server, "message"))[0];
  const { port = 0 } = await told();
  const url = `http://127.0.0.1:${port}/v1`;
  const mostSockets = async (): Promise<number> => {
    server.send("sockets");
    return (await told()).most ?? Number.NaN;
  };
  const ours: number[] = [];
  const bare: number[] = [];
  let sockets = 0;
  console.log("round   bare loop (CPU s)   ours (CPU s)   ratio   sockets");
  for (let round = 0; round < ROUNDS; round++) {
    const agent = new Agent({ connections: AT_A_TIME, headersTimeout: 0, bodyTimeout: 0 });
    const body = (at: number) =>
      JSON.stringify({
        model: "bench",
        messages: messages(at),
        temperature: 1,
        seed: at,
        max_tokens: PIECES,
        stream: true,
      });
    const bareSeconds = await cpuSeconds(() =>
      atATime(CALLS, AT_A_TIME, (at) => bareChat(`${url}/chat/completions`, body(at), agent)),
    );
    await agent.close();
    await mostSockets();
    await using backend = new OpenAiBackend(
      openAiOptions.parse({ preset: "openai", url, model: "bench", concurrency: AT_A_TIME }),
      host(),
    );
    await backend.capabilities(signal);
    let tokens = 0;
    const ourSeconds = await cpuSeconds(async () => {
      tokens = sum(await atATime(CALLS, AT_A_TIME, (at) => generate(backend, at, PIECES)));
    });
    if (tokens !== CALLS * PIECES) throw new Error(`${tokens} tokens of ${CALLS * PIECES}`);
    const open = await mostSockets();
    sockets = Math.max(sockets, open);
    bare.push(bareSeconds);
    ours.push(ourSeconds);
    console.log(
      `${round + 1}       ${bareSeconds.toFixed(2).padStart(8)}            ${ourSeconds.toFixed(2).padStart(8)}       ${(ourSeconds / bareSeconds).toFixed(2)}    ${open}`,
    );
  }
  server.kill();
  report({
    name: "backend-cpu",
    ours: median(ours),
    beside: median(bare),
    goal: CPU_GOAL,
    rounds: ROUNDS,
    unit: "CPU seconds",
  });
  report({ name: "backend-sockets", ours: sockets, beside: AT_A_TIME, goal: 1, rounds: ROUNDS, unit: "sockets" });
};

/** Every call writes all of its tokens, so that both send the same work. */
const saturation = async (): Promise<void> => {
  await using server = await startVllm({ model: "smollm2-135m", flags: ["--enable-prompt-tokens-details"] });
  const body = { ignore_eos: true };
  await using backend = new VllmBackend(vllmOptions.parse({ url: server.url, temperature: 1, body }), host());
  await backend.capabilities(signal);
  const agent = new Agent({ connections: REAL_AT_A_TIME, headersTimeout: 0, bodyTimeout: 0 });
  const fields = {
    model: "smollm2-135m",
    temperature: 1,
    top_p: 0.95,
    top_k: 0,
    min_p: 0,
    repetition_penalty: 1,
    max_tokens: REAL_TOKENS,
  };
  const stream = { stream: true, stream_options: { include_usage: true, continuous_usage_stats: true }, ...body };
  const bareOnce = (at: number) =>
    bareChat(
      `${server.url}/v1/chat/completions`,
      JSON.stringify({ ...fields, ...stream, seed: at, messages: messages(at) }),
      agent,
    );
  await atATime(REAL_AT_A_TIME, REAL_AT_A_TIME, bareOnce);
  const ours: number[] = [];
  const bare: number[] = [];
  console.log("round   bare loop (tokens/s)   ours (tokens/s)   ratio");
  for (let round = 0; round < ROUNDS; round++) {
    const tokens = { bare: 0, ours: 0 };
    const first = 1000 * (round + 1);
    const bareSeconds = await seconds(async () => {
      tokens.bare = sum(
        (await atATime(REAL_CALLS, REAL_AT_A_TIME, (at) => bareOnce(first + at))).map((one) => one.tokens),
      );
    });
    const ourSeconds = await seconds(async () => {
      tokens.ours = sum(
        await atATime(REAL_CALLS, REAL_AT_A_TIME, (at) => generate(backend, first + 500 + at, REAL_TOKENS)),
      );
    });
    bare.push(bareSeconds / tokens.bare);
    ours.push(ourSeconds / tokens.ours);
    console.log(
      `${round + 1}       ${(tokens.bare / bareSeconds).toFixed(0).padStart(8)}               ${(tokens.ours / ourSeconds).toFixed(0).padStart(8)}          ${(tokens.ours / ourSeconds / (tokens.bare / bareSeconds)).toFixed(3)}`,
    );
  }
  await agent.close();
  report({
    name: "backend-saturation",
    ours: median(ours),
    beside: median(bare),
    goal: THROUGHPUT_GOAL,
    rounds: ROUNDS,
    unit: "seconds a token",
  });
};

await streams();
await saturation();
