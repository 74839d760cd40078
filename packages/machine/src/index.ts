export { memoryLines } from "./memory-lines.ts";
export { foundPrograms } from "./programs.ts";
export type { AskedModel } from "./shape-of.ts";
