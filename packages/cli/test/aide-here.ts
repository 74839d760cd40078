import { secretsOf } from "@aide-ts/run/host";
import { runCommand } from "../src/run-command.ts";
import { type Shell, withCommand } from "../src/shell.ts";
import { ownEnv, type Ended } from "./aide.ts";

/** A shell whose output is kept. */
export const shellHere = (cwd: string, env: Readonly<Record<string, string | undefined>> = {}) => {
  const [out, err]: [string[], string[]] = [[], []];
  const all: Record<string, string> = {};
  for (const [name, value] of Object.entries({ ...ownEnv, ...env })) if (value !== undefined) all[name] = value;
  const secrets = secretsOf(all);
  const shell: Shell = {
    cwd,
    env: all,
    secrets,
    out: (text) => void out.push(`${secrets.mask(text)}\n`),
    err: (text) => void err.push(`${secrets.mask(text)}\n`),
    interactive: false,
    signal: new AbortController().signal,
  };
  return { shell, out, err };
};

/** Runs an `aide` command in this process, where what is tested is no property of a process: starting one takes a second. */
export const aideHere = async (
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string | undefined>> = {},
): Promise<Ended> => {
  const { shell, out, err } = shellHere(cwd, env);
  const code = await runCommand(withCommand(args), { write: (text) => void out.push(text) }, async () => shell);
  return { code, out: out.join(""), err: err.join("") };
};
