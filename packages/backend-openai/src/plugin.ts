import { definePlugin } from "@aide-ts/plugin";
import { OpenAiBackend } from "./backend.ts";
import { options } from "./options.ts";

export const plugin = definePlugin({
  kind: "backend",
  name: "openai",
  options,
  create: (chosen, host) => new OpenAiBackend(chosen, host),
});
