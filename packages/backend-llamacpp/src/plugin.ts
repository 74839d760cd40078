import { definePlugin } from "@aide-ts/plugin";
import { LlamacppBackend } from "./backend.ts";
import { options } from "./options.ts";

export const plugin = definePlugin({
  kind: "backend",
  name: "llamacpp",
  options,
  create: (chosen, host) => new LlamacppBackend(chosen, host),
});
