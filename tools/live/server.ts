import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startListening } from "@aide-ts/backend-kit";

export interface Server extends AsyncDisposable {
  readonly url: string;
  readonly logFile: string;
}

export interface Launch {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly port: number;
  /** A path that answers with 200 once the server can generate. */
  readonly ready: string;
  readonly timeoutSeconds: number;
}

/** Starts a server of this machine; see `startListening`. */
export const launch = async ({ name, command, args, env, port, ready, timeoutSeconds }: Launch): Promise<Server> => {
  const logFile = join(mkdtempSync(join(tmpdir(), `aide-${name}-`)), "log.txt");
  const { origin, server } = await startListening({
    name,
    port,
    command: () => [command, ...args],
    health: ready,
    env: { ...inherited(), ...env },
    logFile,
    readySeconds: timeoutSeconds,
    graceSeconds: 5,
    say: () => undefined,
    signal: new AbortController().signal,
  });
  return { url: origin, logFile, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
};

/** Byte code that Python may not keep costs every server that starts half a minute. */
const inherited = (): NodeJS.ProcessEnv => {
  const { PYTHONDONTWRITEBYTECODE: _, ...rest } = process.env;
  return rest;
};
