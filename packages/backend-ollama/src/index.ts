export { OllamaBackend } from "./backend.ts";
export { type OllamaOptions } from "./options.ts";
export { plugin as default } from "./plugin.ts";
export { pullModel, type PullOptions } from "./models/pull.ts";
