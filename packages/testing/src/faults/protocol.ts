/** How a kind of model server words its answers. */
export interface Protocol {
  readonly name: string;
  readonly contentType: string;
  readonly isGeneration: (path: string) => boolean;
  /** Answers to whatever else is asked: versions, lists of models. */
  readonly other: (path: string) => { readonly status: number; readonly body: string };
  /** One event of a stream, with the ends of its lines. */
  readonly piece: (text: string) => string;
  /** The event that says why and with how many tokens the answer is over. */
  readonly finish: (reason: string, tokens: number) => string;
  /** What follows it. */
  readonly end: string;
  readonly error: (message: string, status: number) => string;
  readonly refusal: (message: string, type: string) => string;
  /** The whole answer in one body, from a server that does not stream. */
  readonly whole: (text: string, tokens: number) => string;
}

const event = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`;
const line = (value: unknown): string => `${JSON.stringify(value)}\n`;
const json = (value: unknown) => ({ status: 200, body: JSON.stringify(value) });
const missing = { status: 404, body: "not found" };

/** Tokens that the prompts of these servers have, whatever was asked. */
export const promptTokens = 11;

/** OpenAI's chat completions, as vLLM, llama-server and hosted APIs stream them. Serves one model, `test-model`. */
export const openAiProtocol: Protocol = {
  name: "openai",
  contentType: "text/event-stream",
  isGeneration: (path) => path.endsWith("/completions"),
  other: (path) =>
    path.endsWith("/models")
      ? json({ object: "list", data: [{ id: "test-model", object: "model", max_model_len: 8192 }] })
      : missing,
  piece: (content) =>
    event({ object: "chat.completion.chunk", choices: [{ index: 0, delta: { content }, finish_reason: null }] }),
  finish: (reason, tokens) =>
    event({ object: "chat.completion.chunk", choices: [{ index: 0, delta: {}, finish_reason: reason }] }) +
    event({ object: "chat.completion.chunk", choices: [], usage: usage(tokens) }),
  end: "data: [DONE]\n\n",
  error: (message, code) => event({ error: { message, type: "server_error", code } }),
  refusal: (message, type) => JSON.stringify({ error: { message, type, param: null, code: type } }),
  whole: (content, tokens) =>
    JSON.stringify({
      object: "chat.completion",
      choices: [{ index: 0, message: { role: "assistant", content }, finish_reason: "stop" }],
      usage: usage(tokens),
    }),
};

const usage = (tokens: number) => ({
  prompt_tokens: promptTokens,
  completion_tokens: tokens,
  total_tokens: promptTokens + tokens,
});

/** Ollama's own API. Has one model, `test-model`. */
export const ollamaProtocol: Protocol = {
  name: "ollama",
  contentType: "application/x-ndjson",
  isGeneration: (path) => path === "/api/chat" || path === "/api/generate",
  other: (path) => {
    if (path === "/api/version") return json({ version: "0.12.11" });
    if (path === "/api/tags")
      return json({
        models: [{ name: "test-model:latest", model: "test-model:latest", size: 1, digest: "0".repeat(64) }],
      });
    if (path === "/api/show")
      return json({
        template: "{{ .Prompt }}",
        details: { family: "llama", parameter_size: "1B", quantization_level: "Q4_K_M" },
        model_info: { "general.architecture": "llama", "llama.context_length": 8192 },
        capabilities: ["completion"],
      });
    return missing;
  },
  piece: (content) => line({ model: "test-model", message: { role: "assistant", content }, done: false }),
  finish: (reason, tokens) =>
    line({
      model: "test-model",
      message: { role: "assistant", content: "" },
      done: true,
      done_reason: reason,
      prompt_eval_count: promptTokens,
      eval_count: tokens,
    }),
  end: "",
  error: (error) => line({ error }),
  refusal: (error) => JSON.stringify({ error }),
  whole: (content, tokens) =>
    JSON.stringify({
      model: "test-model",
      message: { role: "assistant", content },
      done: true,
      done_reason: "stop",
      prompt_eval_count: promptTokens,
      eval_count: tokens,
    }),
};
