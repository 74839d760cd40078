import { deepseekR1Options, isDeepseekR1, isLayer, type Layer } from "@aide-ts/core";

/** A model that can be named at once. */
export interface FoundModel {
  readonly label: string;
  readonly hint: string;
  /** The keys that name it. */
  readonly keys: Layer;
  /** Of a service whose models are not listed: which key names one. */
  readonly service?: boolean;
}

type Variables = Readonly<Record<string, string | undefined>>;

/** How long a server of this machine may take to answer, in milliseconds. */
const patience = 1000;

const services = [
  { variable: "OPENAI_API_KEY", name: "OpenAI", preset: "openai" },
  { variable: "ANTHROPIC_API_KEY", name: "Anthropic", preset: "anthropic" },
  { variable: "GEMINI_API_KEY", name: "Gemini", preset: "gemini" },
  { variable: "DEEPSEEK_API_KEY", name: "DeepSeek", preset: "deepseek" },
  { variable: "OPENROUTER_API_KEY", name: "OpenRouter", preset: "openrouter" },
] as const;

/** The embedded model first, then what servers on this machine have, and services whose key is set. */
export const foundModels = async (env: Variables, signal: AbortSignal): Promise<readonly FoundModel[]> => {
  const [ollama, vllm] = await Promise.all([ollamaModels(env, signal), vllmModels(signal)]);
  const keyed = services
    .filter(({ variable }) => (env[variable] ?? "") !== "")
    .map(({ variable, name, preset }) => ({
      label: `a model of ${name}`,
      hint: `${variable} is set`,
      keys: { backend: { use: "openai", preset } },
      service: true,
    }));
  return [embedded, ...vllm, ...ollama, ...keyed];
};

const embedded: FoundModel = {
  label: "Qwen2.5-Coder 1.5B, embedded",
  hint: "runs on this machine's CPU; 1.1 GB to download once",
  keys: { backend: "llamacpp" },
};

const ollamaModels = async (env: Variables, signal: AbortSignal): Promise<readonly FoundModel[]> => {
  const host = env["OLLAMA_HOST"] ?? "127.0.0.1:11434";
  const answer = await json(`${host.includes("://") ? host : `http://${host}`}/api/tags`, signal);
  return namesIn(answer, "models", "name").map((model) => ({
    label: `${model}, on Ollama`,
    hint: "Ollama is running",
    keys: { agent: { code: { model } } },
  }));
};

const vllmModels = async (signal: AbortSignal): Promise<readonly FoundModel[]> => {
  const url = "http://127.0.0.1:8000";
  return namesIn(await json(`${url}/v1/models`, signal), "data", "id").map((model) => ({
    label: `${model}, on vLLM`,
    hint: `a server listens at ${url}`,
    keys: { backend: { use: "vllm", url, model, ...(isDeepseekR1(model) ? deepseekR1Options : {}) } },
  }));
};

const json = async (url: string, signal: AbortSignal): Promise<unknown> => {
  try {
    const answer = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]) });
    return answer.ok ? await answer.json() : undefined;
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
};

const namesIn = (answer: unknown, list: string, key: string): readonly string[] => {
  const found = isLayer(answer) ? answer[list] : undefined;
  if (!Array.isArray(found)) return [];
  return found.map((one: unknown) => (isLayer(one) ? one[key] : undefined)).filter((name) => typeof name === "string");
};
