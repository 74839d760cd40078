// On a machine with a GPU: tokens per second of a model server that a backend starts, at 1, 8 and 64 calls at a time, beside a bare loop; and a
// script that trains with PyTorch in the local executor.
import { mkdirSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { freePort } from "@aide-ts/backend-kit";
import { options as transformersOptions, TransformersBackend } from "@aide-ts/backend-transformers";
import { options as vllmOptions, VllmBackend } from "@aide-ts/backend-vllm";
import executorPlugin from "@aide-ts/executor-local";
import type { Backend } from "@aide-ts/plugin";
import { median, report } from "../report.ts";
import { benchHost, throughput, vllmBody, vllmFields } from "../throughput.ts";

const { values } = parseArgs({
  options: {
    /** vllm or transformers. */
    backend: { type: "string", default: "vllm" },
    /** Folder of the weights: see random_model.py. */
    model: { type: "string", default: "" },
    /** That the server and scripts are run by. */
    python: { type: "string", default: "python3" },
    /** Of the server. */
    flag: { type: "string", multiple: true, default: [] },
    /** Of the server, as NAME=value. */
    env: { type: "string", multiple: true, default: [] },
    /** Data of house-prices. */
    data: { type: "string", default: "example_tasks/house_prices" },
    tokens: { type: "string", default: "256" },
    rounds: { type: "string", default: "3" },
  },
});
const { signal } = new AbortController();
const { python, model } = values;
const env = Object.fromEntries(values.env.map((one) => one.split(/=(.*)/s).slice(0, 2)));
const host = { ...benchHost(), env: (name: string) => process.env[name], log: (line: string) => console.log(line) };
const atATime = [1, 8, 64];

interface Driven {
  readonly backend: Backend;
  readonly fields: Readonly<Record<string, unknown>>;
}

const drivers: Readonly<Record<string, (port: number) => Driven>> = {
  vllm: (port) => {
    const serve = { python, port, flags: values.flag, env };
    const chosen = vllmOptions.parse({
      path: model,
      contextTokens: 4096,
      temperature: 1,
      topP: 1,
      body: vllmBody,
      serve,
    });
    return { backend: new VllmBackend(chosen, host), fields: { model, ...vllmFields } };
  },
  transformers: (port) => {
    const serve = { python, port, flags: values.flag, env, continuousBatching: true };
    const concurrency = Math.max(...atATime);
    const chosen = transformersOptions.parse({ path: model, concurrency, temperature: 1, topP: 1, serve });
    const max_new_tokens = Number(values.tokens);
    const generation = { do_sample: true, top_k: 0, min_p: null, repetition_penalty: 1, max_new_tokens };
    const fields = { model, temperature: 1, top_p: 1, generation_config: JSON.stringify(generation) };
    return { backend: new TransformersBackend(chosen, host), fields };
  },
};

const speeds = async (drive: (port: number) => Driven): Promise<void> => {
  const port = await freePort();
  const { backend, fields } = drive(port);
  await using _closed = backend;
  const began = performance.now();
  const { details } = await backend.capabilities(signal);
  console.log(`ready after ${((performance.now() - began) / 1000).toFixed(0)} s: ${JSON.stringify(details)}`);
  for (const concurrency of atATime) {
    const { ours, bare } = await throughput({
      url: `http://127.0.0.1:${port}`,
      backend,
      fields,
      concurrency,
      calls: 4 * concurrency,
      tokens: Number(values.tokens),
      rounds: Number(values.rounds),
    });
    report({
      name: `gpu-${values.backend}-${concurrency}`,
      ours: 1e6 / median(ours),
      beside: 1e6 / median(bare),
      goal: 1 / 0.97,
      rounds: Number(values.rounds),
      unit: "microseconds a token",
    });
  }
};

const training = async (): Promise<void> => {
  const workspaceFolder = join(mkdtempSync(join(tmpdir(), "aide-bench-")), "workspace");
  mkdirSync(workspaceFolder);
  const chosen = await executorPlugin.options["~standard"].validate({ python, packages: "installed" });
  if (chosen.issues !== undefined) throw new Error(JSON.stringify(chosen.issues));
  const folders = { dataFolder: values.data, dataView: () => undefined, workspaceFolder };
  await using executor = executorPlugin.create(chosen.value, { ...host, ...folders, slots: 1 });
  const { packages, gpus } = await executor.environment(signal);
  console.log(JSON.stringify({ gpus, packages: packages.map(({ name, version }) => `${name} ${version}`) }));
  const code = readFileSync(new URL("./train.py", import.meta.url), "utf8");
  const { fate, seconds, output, artifacts } = await executor.execute({ code }, { signal });
  console.log(JSON.stringify({ fate, seconds, artifacts }));
  console.log(output);
};

await training();
const drive = drivers[values.backend];
if (drive === undefined)
  throw new Error(`--backend ${values.backend}: expected one of ${Object.keys(drivers).join(", ")}`);
if (model !== "") await speeds(drive);
