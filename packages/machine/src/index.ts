export { seenGpus, type Gpu } from "./gpus.ts";
export { memoryLines } from "./memory-lines.ts";
export { foundPrograms } from "./programs.ts";
export type { AskedModel } from "./shape-of.ts";
