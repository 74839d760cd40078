/** What differs between servers that speak the same protocol. */
export interface Preset {
  readonly title: string;
  readonly url: string | undefined;
  /** Environment variables that may hold the key, first found wins; none for servers that ask for none. */
  readonly keys: readonly string[];
  /** The field that limits an answer. */
  readonly limit: "max_tokens" | "max_completion_tokens";
  /** How `topK`, `minP` and `repetitionPenalty` are called; absent where they are not known. */
  readonly sampling: SamplingNames | undefined;
  /** Whether an answer is held to a JSON Schema. `probe`: ask the server. */
  readonly jsonSchema: boolean | "probe";
  /** Tokens of context where neither the server nor the user says. */
  readonly contextTokens: number;
}

export interface SamplingNames {
  readonly topK: string;
  readonly minP: string;
  readonly repetitionPenalty: string;
  /** What `topK: 0`, all tokens, is to this server. */
  readonly allTokens: number;
}

const hosted = { limit: "max_tokens", sampling: undefined, jsonSchema: false, contextTokens: 131_072 } as const;
const own = { keys: [], limit: "max_tokens", jsonSchema: "probe", contextTokens: 8192 } as const;

export const presets = {
  openai: {
    ...hosted,
    title: "OpenAI",
    url: "https://api.openai.com/v1",
    keys: ["OPENAI_API_KEY"],
    limit: "max_completion_tokens",
    jsonSchema: true,
  },
  anthropic: {
    ...hosted,
    title: "Anthropic",
    url: "https://api.anthropic.com/v1",
    keys: ["ANTHROPIC_API_KEY"],
    contextTokens: 200_000,
  },
  gemini: {
    ...hosted,
    title: "Gemini",
    url: "https://generativelanguage.googleapis.com/v1beta/openai",
    keys: ["GEMINI_API_KEY", "GOOGLE_API_KEY"],
    jsonSchema: true,
    contextTokens: 1_000_000,
  },
  deepseek: {
    ...hosted,
    title: "DeepSeek",
    url: "https://api.deepseek.com/v1",
    keys: ["DEEPSEEK_API_KEY"],
    contextTokens: 65_536,
  },
  openrouter: { ...hosted, title: "OpenRouter", url: "https://openrouter.ai/api/v1", keys: ["OPENROUTER_API_KEY"] },
  huggingface: {
    ...hosted,
    title: "Hugging Face",
    url: "https://router.huggingface.co/v1",
    keys: ["HF_TOKEN", "HUGGINGFACE_API_KEY"],
    contextTokens: 32_768,
  },
  "llama-server": {
    ...own,
    title: "llama-server",
    url: "http://127.0.0.1:8080/v1",
    sampling: { topK: "top_k", minP: "min_p", repetitionPenalty: "repeat_penalty", allTokens: 0 },
  },
  sglang: {
    ...own,
    title: "SGLang",
    url: "http://127.0.0.1:30000/v1",
    sampling: { topK: "top_k", minP: "min_p", repetitionPenalty: "repetition_penalty", allTokens: -1 },
  },
  custom: { ...own, title: "the model server", url: undefined, sampling: undefined },
} as const satisfies Readonly<Record<string, Preset>>;

export type PresetName = keyof typeof presets;
