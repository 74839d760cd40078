export { ensureEnvironment, type EnvironmentProgress, type EnvironmentRequest } from "./python/ensure-environment.ts";
export { findPython, type FoundPython } from "./python/find-python.ts";
export type { PythonEnvironment } from "./python/ready.ts";
export { checkPackages, type CheckedPackages, type PackageProblem } from "./python/check-packages.ts";
export { plugin as default } from "./plugin.ts";
