export { cacheFolder, pluginHost, type EnvironmentVariables, type RunHost } from "./run-host.ts";
export { Secrets, secretsOf } from "./secrets.ts";
export { version } from "./version.ts";
