export {
  cacheFolder,
  pluginHost,
  version,
  type EnvironmentVariables,
  type NamedTask,
  type RunHost,
  type TaskOrigin,
  type WantedTask,
} from "./run-host.ts";
export { Secrets, secretsOf } from "./secrets.ts";
