export { fencedBlocks, type Fenced } from "./blocks/fences.ts";
export { extractCandidate } from "./extract.ts";
export { canonicalProgram } from "./python/canonical.ts";
export {
  functionNamed,
  functionsOf,
  importsOf,
  withFunction,
  type PythonFunction,
  type WrittenFunction,
} from "./python/functions.ts";
export { parses } from "./python/syntax.ts";
export { parseRating } from "./rating.ts";
export { splitReasoning } from "./reasoning.ts";
