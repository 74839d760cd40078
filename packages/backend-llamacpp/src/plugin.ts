import { definePlugin } from "@aide-ts/plugin";
import { LlamacppBackend } from "./backend.ts";
import { options } from "./options.ts";
import { prepareLibrary, prepareModel } from "./prepare.ts";

export const plugin = definePlugin({
  kind: "backend",
  name: "llamacpp",
  summary: "A model of the catalogue in this machine's memory, without a server.",
  options,
  prepare: async ({ gpu, model }, host) => {
    await prepareLibrary(gpu, host);
    await prepareModel(model, host);
  },
  create: (chosen, host) => new LlamacppBackend(chosen, host),
});
