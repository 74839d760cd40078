export {
  runner,
  ScriptExecutor,
  type ExecutorSettings,
  type Limits,
  type Machine,
  type ScriptPython,
} from "./script-executor.ts";
export type { Command, Exit, LaunchedProgram, LaunchedScript, Launcher } from "./launcher.ts";
export type { DataFolders } from "./folder/data.ts";
export { scriptFile } from "./folder/script-files.ts";
export { readJson, writeJson } from "./folder/json-file.ts";
export { asFolderError, errorCode } from "./folder/file-errors.ts";
export { folderVariable } from "./script-variables.ts";
