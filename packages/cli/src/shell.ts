import type { EnvironmentVariables, Secrets } from "@aide-ts/run/host";

/** Everything a command may know of the process that runs it. */
export interface Shell {
  readonly cwd: string;
  readonly env: EnvironmentVariables;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** What must not be written anywhere. */
  readonly secrets: Secrets;
  /** Whether a person watches, so that lines may be redrawn. */
  readonly interactive: boolean;
  /** Puts a question to the person who watches and gives the answer; absent where no one can answer. */
  readonly ask?: (question: string) => Promise<string>;
  readonly signal: AbortSignal;
}

/** This process's environment variables, those that are set. */
export const processEnvironment = (): EnvironmentVariables =>
  Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );

/** Whether an argument names a config file. */
export const isConfigFile = (argument: string): boolean =>
  !argument.includes("=") && /\.(ya?ml|json|[cm]?[jt]s)$/.test(argument);

/** Arguments with their command first. */
export const withCommand = ([first = "--help", ...rest]: readonly string[]): readonly string[] => {
  if (first === "help") return [...rest, "--help"];
  return first.includes("=") || isConfigFile(first) ? ["run", first, ...rest] : [first, ...rest];
};
