import { definePlugin } from "@aide-ts/plugin";
import { VllmBackend } from "./backend.ts";
import { options } from "./options.ts";
import { shareServer } from "./serve/share.ts";

export const plugin = definePlugin({
  kind: "backend",
  name: "vllm",
  summary: "vLLM, where it runs or started for the run.",
  options,
  share: shareServer,
  create: (chosen, host) => new VllmBackend(chosen, host),
});
