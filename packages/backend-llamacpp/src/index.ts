import { availableParallelism } from "node:os";
import { definePlugin } from "@aide-ts/plugin";
import { LlamaBackend } from "./backend.ts";
import { resolveModel } from "./models/store.ts";
import { options } from "./options.ts";

export { LlamaBackend } from "./backend.ts";
export { catalogue, type CatalogueEntry } from "./models/catalogue.ts";
export { pullModel, type PullOptions, type PullProgress } from "./models/pull.ts";
export { isVerified, listModels, modelPath, resolveModel, type ListedModel } from "./models/store.ts";

export default definePlugin({
  kind: "backend",
  name: "llamacpp",
  options,
  create: ({ model, contextTokens, threads, gpu, ...sampling }, host) =>
    new LlamaBackend({
      modelPath: resolveModel(model, host.cacheFolder, process.cwd()),
      contextTokens,
      threads: threads ?? availableParallelism(),
      gpu,
      sampling,
    }),
});
