import { definePlugin } from "@aide-ts/plugin";
import { OllamaBackend } from "./backend.ts";
import { options } from "./options.ts";

export const plugin = definePlugin({
  kind: "backend",
  name: "ollama",
  options,
  create: (chosen, host) => new OllamaBackend(chosen, host),
});
