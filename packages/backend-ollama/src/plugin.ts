import { definePlugin } from "@aide-ts/plugin";
import { OllamaBackend } from "./backend.ts";
import { options } from "./options.ts";

export const plugin = definePlugin({
  kind: "backend",
  name: "ollama",
  summary: "A model that Ollama serves.",
  options,
  async share(chosen, host, signal) {
    await using backend = new OllamaBackend(chosen, host);
    await backend.capabilities(signal);
    return undefined;
  },
  create: (chosen, host) => new OllamaBackend(chosen, host),
});
