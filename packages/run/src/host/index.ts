export { cacheFolder } from "./cache-folder.ts";
export type { EnvironmentVariables, RunHost } from "./run-host.ts";
export { Secrets, secretsOf } from "./secrets.ts";
