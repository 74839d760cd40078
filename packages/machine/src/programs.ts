import { programOnPath } from "@aide-ts/backend-kit";
import type { EnvironmentVariables } from "@aide-ts/run/host";

const programs = ["python3", "vllm", "transformers", "ollama"];

/** Which of the programs that serve models are on the PATH. */
export const foundPrograms = (env: EnvironmentVariables): string => {
  const found = programs.map((name) => ({ name, path: programOnPath(name, { env: (variable) => env[variable] }) }));
  const there = found.flatMap(({ name, path }) => (path === undefined ? [] : [`${name} (${path})`]));
  const absent = found.flatMap(({ name, path }) => (path === undefined ? [name] : []));
  return [
    ...(there.length === 0 ? [] : [there.join(", ")]),
    ...(absent.length === 0 ? [] : [`not on the PATH: ${absent.join(", ")}`]),
  ].join("; ");
};
