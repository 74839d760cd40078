export { TransformersBackend } from "./backend.ts";
export { options, type TransformersOptions } from "./options.ts";
export { plugin as default } from "./plugin.ts";
export { hubCacheFolder } from "./weights/hub-cache.ts";
export { findWeights, type Weights } from "./weights/weights.ts";
