export { VllmBackend } from "./backend.ts";
export { options, type VllmOptions } from "./options.ts";
export { plugin as default } from "./plugin.ts";
