export { builtins } from "./plugins.ts";
export { shorthands } from "./shorthands.ts";
export { kinds, summaries } from "./summaries.ts";
