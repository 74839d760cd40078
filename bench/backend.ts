// The backends beside a bare loop of undici that sends the same requests and parses the same streams.
import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { OpenAiBackend, options as openAiOptions } from "@aide-ts/backend-openai";
import { options as vllmOptions, VllmBackend } from "@aide-ts/backend-vllm";
import { Agent } from "undici";
import { startVllm } from "../tools/live/servers.ts";
import { atATime, bareChat } from "./bare-loop.ts";
import { median, report, sum } from "./report.ts";
import { ask, benchHost, question, throughput, vllmBody, vllmFields } from "./throughput.ts";

const rounds = Number(process.env["ROUNDS"] ?? 5);
const calls = 10_000;
const pieces = 100;
const callsAtATime = 256;
/** Of a prompt: about 1,000 characters. */
const sentences = 40;
const cpuGoal = 2;

/** On a real server. */
const realCalls = 96;
const realAtATime = 32;
const realTokens = 64;
const throughputGoal = 1 / 0.97;

const { signal } = new AbortController();
const cpuSeconds = async (work: () => Promise<unknown>): Promise<number> => {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
};

const streams = async (): Promise<void> => {
  const server = fork(fileURLToPath(new URL("./backend-server.ts", import.meta.url)), [String(pieces)]);
  const nextMessage = async (): Promise<{ readonly port?: number; readonly most?: number }> =>
    (await once(server, "message"))[0];
  const { port = 0 } = await nextMessage();
  const url = `http://127.0.0.1:${port}/v1`;
  const mostSockets = async (): Promise<number> => {
    server.send("sockets");
    return (await nextMessage()).most ?? Number.NaN;
  };
  const ours: number[] = [];
  const bare: number[] = [];
  let sockets = 0;
  console.log("round   bare loop (CPU s)   ours (CPU s)   ratio   sockets");
  for (let round = 0; round < rounds; round++) {
    const agent = new Agent({ connections: callsAtATime, headersTimeout: 0, bodyTimeout: 0 });
    const body = (at: number) =>
      JSON.stringify({
        model: "bench",
        messages: question(at, sentences),
        temperature: 1,
        seed: at,
        max_tokens: pieces,
        stream: true,
      });
    const bareSeconds = await cpuSeconds(() =>
      atATime(calls, callsAtATime, (at) => bareChat(`${url}/chat/completions`, body(at), agent)),
    );
    await agent.close();
    await mostSockets();
    await using backend = new OpenAiBackend(
      openAiOptions.parse({ preset: "openai", url, model: "bench", concurrency: callsAtATime }),
      benchHost(),
    );
    await backend.capabilities(signal);
    let tokens = 0;
    const ourSeconds = await cpuSeconds(async () => {
      tokens = sum(await atATime(calls, callsAtATime, (at) => ask(backend, at, sentences, pieces, signal)));
    });
    if (tokens !== calls * pieces) throw new Error(`${tokens} tokens of ${calls * pieces}`);
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
    goal: cpuGoal,
    rounds: rounds,
    unit: "CPU seconds",
  });
  report({ name: "backend-sockets", ours: sockets, beside: callsAtATime, goal: 1, rounds: rounds, unit: "sockets" });
};

/** Every call writes all of its tokens, so that both send the same work. */
const saturation = async (): Promise<void> => {
  await using server = await startVllm({ model: "smollm2-135m", flags: ["--enable-prompt-tokens-details"] });
  await using backend = new VllmBackend(
    vllmOptions.parse({ url: server.url, temperature: 1, topP: 1, body: vllmBody }),
    benchHost(),
  );
  await backend.capabilities(signal);
  const { ours, bare } = await throughput({
    url: server.url,
    backend,
    fields: { model: "smollm2-135m", ...vllmFields },
    concurrency: realAtATime,
    calls: realCalls,
    tokens: realTokens,
    rounds: rounds,
  });
  report({
    name: "backend-saturation",
    ours: 1000 / median(ours),
    beside: 1000 / median(bare),
    goal: throughputGoal,
    rounds: rounds,
    unit: "milliseconds a token",
  });
};

await streams();
await saturation();
