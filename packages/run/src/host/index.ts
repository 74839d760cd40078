export { cacheFolder, pluginHost, version, type EnvironmentVariables, type RunHost } from "./run-host.ts";
export { Secrets, secretsOf } from "./secrets.ts";
