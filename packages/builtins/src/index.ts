export { configDefinitions, configFileSchema } from "./editor/config-schema.ts";
export { pluginSchema, type JsonSchema } from "./editor/plugin-schema.ts";
export { builtins } from "./plugins.ts";
export { shorthands } from "./shorthands.ts";
export { kinds, summaries } from "./summaries.ts";
