import { definePlugin } from "@aide-ts/plugin";
import { VllmBackend } from "./backend.ts";
import { options } from "./options.ts";

export const plugin = definePlugin({
  kind: "backend",
  name: "vllm",
  options,
  create: (chosen, host) => new VllmBackend(chosen, host),
});
