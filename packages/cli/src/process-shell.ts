import { processEnvironment, type Shell } from "./shell.ts";

/** Ctrl+C reaches this process from the terminal and from each process that started it, all within this many milliseconds: one wish to stop. */
const sameKeystroke = 1000;

/** Whoever read the output has seen enough, as `head` does. */
const onClosedPipe = (error: NodeJS.ErrnoException): void => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
};

const askOnTerminal = async (question: string, signal: AbortSignal): Promise<string> => {
  const { createInterface } = await import("node:readline/promises");
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  // Ctrl+C at the question stops the command, as it does elsewhere.
  terminal.on("SIGINT", () => process.kill(process.pid, "SIGINT"));
  try {
    return await terminal.question(question, { signal });
  } finally {
    terminal.close();
  }
};

/** Aborts at the first wish to stop; another one ends the process. */
const untilStopped = (): AbortSignal => {
  const stop = new AbortController();
  let asked = 0;
  const onSignal = () => {
    const now = performance.now();
    if (!stop.signal.aborted) asked = now;
    else if (now - asked > sameKeystroke) process.exit(130);
    stop.abort();
  };
  // They stay to the very end, which Node's own way out does not grant: the second signal of one keystroke may come while the process closes.
  process.once("beforeExit", (code) => process.exit(code));
  process.on("SIGINT", onSignal).on("SIGTERM", onSignal);
  return stop.signal;
};

/** What a plugin began and does not await: it is lost, which is no reason to end all else. Where it came from is in the second line of the stack. */
const onUnawaited = (mask: (text: string) => string) => (reason: unknown) => {
  const [what, where = ""] = (reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)).split("\n");
  process.stderr.write(
    mask(
      `note     A promise that nothing awaits was rejected, likely a plugin's: ${what}${where.replace(/^ */, " ")}\n`,
    ),
  );
};

const open = async (): Promise<Shell> => {
  const signal = untilStopped();
  process.stdout.on("error", onClosedPipe);
  const { secretsOf } = await import("@aide-ts/run/host");
  const env = processEnvironment();
  const secrets = secretsOf(env);
  const { mask } = secrets;
  process.on("unhandledRejection", onUnawaited(mask));
  return {
    cwd: process.cwd(),
    env,
    secrets,
    out: (text) => void process.stdout.write(`${mask(text)}\n`),
    err: (text) => void process.stderr.write(`${mask(text)}\n`),
    interactive: process.stdout.isTTY,
    ...(process.stdin.isTTY && process.stdout.isTTY ? { ask: (question) => askOnTerminal(question, signal) } : {}),
    signal,
  };
};

let opened: Promise<Shell> | undefined;

/** This process as commands see it; from the first call on, signals abort and closed pipes end it. */
export const processShell = (): Promise<Shell> => (opened ??= open());
