export { LlamacppBackend } from "./backend.ts";
export { libraryState, type LibraryRequest, type LibraryState } from "./library/ensure.ts";
export { catalogue, type CatalogueModel, type ModelSource, type WheelPart } from "./models/catalogue.ts";
export { pullModel, type PullOptions, type PullProgress } from "./models/pull.ts";
export { listModels, modelPath, resolveModel, type ModelState } from "./models/resolve.ts";
export { type LlamacppOptions } from "./options.ts";
export { plugin as default } from "./plugin.ts";
export { prepareModel } from "./prepare.ts";
