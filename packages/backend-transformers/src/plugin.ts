import { definePlugin } from "@aide-ts/plugin";
import { TransformersBackend } from "./backend.ts";
import { options } from "./options.ts";

export const plugin = definePlugin({
  kind: "backend",
  name: "transformers",
  options,
  create: (chosen, host) => new TransformersBackend(chosen, host),
});
