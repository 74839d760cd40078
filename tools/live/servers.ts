import { mkdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { isAbsolute, join } from "node:path";
import { freePort } from "@aide-ts/backend-kit";
import { folders, installed } from "./folders.ts";
import { launch, type Server } from "./server.ts";

export type { Server } from "./server.ts";

interface ServerOptions {
  /** Flags of the server's own, after those that are set here. */
  readonly flags?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly timeoutSeconds?: number;
}

export interface OllamaOptions extends Omit<ServerOptions, "flags"> {
  /** Tokens, for requests that do not say `num_ctx`. */
  readonly contextLength?: number;
  /** Requests to one model at a time. */
  readonly parallel?: number;
}

export interface ModelServerOptions extends ServerOptions {
  /** A folder of install-models.ts, as `smollm2-135m`, or the path of one. */
  readonly model: string;
  /** Of the CPU. */
  readonly threads?: number;
}

export interface VllmOptions extends ModelServerOptions {
  /** What requests call the model; the name of its folder where not set. */
  readonly servedName?: string;
  readonly contextLength?: number;
  readonly kvCacheGigabytes?: number;
}

/** Ollama 0.12.11 with the models `smollm2` and `qwen2.5-coder-1.5b`. */
export const startOllama = async (options: OllamaOptions = {}): Promise<Server> => {
  const port = await freePort();
  mkdirSync(folders.ollamaHome, { recursive: true });
  return launch({
    name: "ollama",
    command: installed(folders.ollama, "bash tools/live/install-ollama.sh"),
    args: ["serve"],
    env: {
      ...unobserved,
      HOME: folders.ollamaHome,
      OLLAMA_HOST: `127.0.0.1:${port}`,
      OLLAMA_MODELS: folders.ollamaModels,
      ...(options.contextLength !== undefined && { OLLAMA_CONTEXT_LENGTH: String(options.contextLength) }),
      ...(options.parallel !== undefined && { OLLAMA_NUM_PARALLEL: String(options.parallel) }),
      ...options.env,
    },
    port,
    ready: "/api/version",
    timeoutSeconds: options.timeoutSeconds ?? 30,
  });
};

/** vLLM 0.32.0 on the CPU. It is ready after 20 to 45 s: three processes import the same packages one after another. */
export const startVllm = async (options: VllmOptions): Promise<Server> => {
  const { folder, name } = modelFolder(options.model);
  const port = await freePort();
  return launch({
    name: "vllm",
    command: installed(folders.python, "bash tools/live/install-vllm.sh"),
    // Eager: compilation costs 35 s at every start, also with its cache, and makes generation a fifth faster.
    args: [
      "-m",
      "vllm.entrypoints.openai.api_server",
      "--host=127.0.0.1",
      `--port=${port}`,
      `--model=${folder}`,
      `--served-model-name=${options.servedName ?? name}`,
      "--dtype=bfloat16",
      `--max-model-len=${options.contextLength ?? 2048}`,
      "--enforce-eager",
      // On the CPU it dies of a request with a seed whose prompt it evaluates in parts ("CPU Generator does not use offset").
      "--no-enable-chunked-prefill",
      `--max-num-batched-tokens=${Math.max(2048, options.contextLength ?? 0)}`,
      ...(options.flags ?? []),
    ],
    env: {
      ...unobserved,
      VLLM_CPU_KVCACHE_SPACE: String(options.kvCacheGigabytes ?? 1),
      // Bound to cores, threads wait for whatever else runs there.
      VLLM_CPU_OMP_THREADS_BIND: "nobind",
      OMP_NUM_THREADS: String(options.threads ?? availableParallelism()),
      ...options.env,
    },
    port,
    ready: "/health",
    timeoutSeconds: options.timeoutSeconds ?? 180,
  });
};

/** `transformers serve` 5.19. Requests must call the model by the path of its folder, which is what `model` of the result is. */
export const startTransformersServe = async (
  options: ModelServerOptions,
): Promise<Server & { readonly model: string }> => {
  const { folder } = modelFolder(options.model);
  const port = await freePort();
  mkdirSync(join(folders.huggingFaceHome, "hub"), { recursive: true });
  const server = await launch({
    name: "transformers",
    command: installed(folders.python, "bash tools/live/install-vllm.sh"),
    args: [
      "-m",
      "transformers.cli.transformers",
      "serve",
      folder,
      "--host=127.0.0.1",
      `--port=${port}`,
      ...(options.flags ?? []),
    ],
    env: {
      ...unobserved,
      HF_HOME: folders.huggingFaceHome,
      // A thread on a core that others use stops all threads of an operation: tokens take a second each then.
      OMP_NUM_THREADS: String(options.threads ?? Math.max(1, availableParallelism() - 1)),
      ...options.env,
    },
    port,
    ready: "/health",
    timeoutSeconds: options.timeoutSeconds ?? 120,
  });
  return { ...server, model: folder };
};

/** No server here requests anything from the network, or sends usage data to it. */
const unobserved = {
  HF_HUB_OFFLINE: "1",
  TRANSFORMERS_OFFLINE: "1",
  HF_HUB_DISABLE_TELEMETRY: "1",
  VLLM_NO_USAGE_STATS: "1",
  DO_NOT_TRACK: "1",
};

const modelFolder = (model: string): { folder: string; name: string } => {
  const folder = isAbsolute(model) ? model : join(folders.models, model);
  const name = folder.slice(folder.lastIndexOf("/") + 1);
  return { folder: installed(folder, "node --conditions=@aide-ts/source tools/live/install-models.ts"), name };
};
