export { builtins } from "./plugins.ts";
export { shorthands } from "./shorthands.ts";
