import type { EnvironmentVariables } from "@aide-ts/run/host";

/** This process's environment variables, those that are set. */
export const processEnvironment = (): EnvironmentVariables =>
  Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
