export { configKeys, configWords, type ConfigKey, type JsonSchema } from "./config-words.ts";
export { pathsBelow } from "./paths-below.ts";
export { completionScript, printCompletion, shells, type ShellName } from "./scripts.ts";
