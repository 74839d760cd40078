import { definePlugin } from "@aide-ts/plugin";
import { TransformersBackend } from "./backend.ts";
import { options } from "./options.ts";
import { shareServer } from "./serve/share.ts";

export const plugin = definePlugin({
  kind: "backend",
  name: "transformers",
  summary: "`transformers serve`, where it runs or started for the run.",
  options,
  share: shareServer,
  create: (chosen, host) => new TransformersBackend(chosen, host),
});
