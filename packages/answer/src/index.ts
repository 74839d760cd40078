export { extractCandidate, parses } from "./extract.ts";
export { fencedBlocks, type Fenced } from "./fences.ts";
export { parseRating } from "./rating.ts";
export { splitReasoning } from "./reasoning.ts";
