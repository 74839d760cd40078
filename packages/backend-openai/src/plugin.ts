import { definePlugin } from "@aide-ts/plugin";
import { OpenAiBackend } from "./backend.ts";
import { options } from "./options.ts";

export const plugin = definePlugin({
  kind: "backend",
  name: "openai",
  summary: "Any server that speaks OpenAI's chat completions.",
  options,
  async share(chosen, host, signal) {
    await using backend = new OpenAiBackend(chosen, host);
    await backend.capabilities(signal);
    return undefined;
  },
  create: (chosen, host) => new OpenAiBackend(chosen, host),
});
