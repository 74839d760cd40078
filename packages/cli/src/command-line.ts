import { helpFor, helpText } from "./terminal/help.ts";
import { isConfigFile, processEnvironment, type Shell } from "./shell.ts";

type Command = (args: readonly string[], shell: Shell) => Promise<number>;

const commands: Readonly<Record<string, () => Promise<Command>>> = {
  run: async () => (await import("./commands/run.ts")).run,
  hint: async () => (await import("./commands/hint.ts")).hint,
  replay: async () => (await import("./commands/replay.ts")).replay,
  fork: async () => (await import("./commands/fork.ts")).fork,
  inspect: async () => (await import("./commands/inspect.ts")).inspect,
  resume: async () => (await import("./commands/resume.ts")).resume,
  runs: async () => (await import("./commands/runs.ts")).runs,
  show: async () => (await import("./commands/show.ts")).show,
  setup: async () => (await import("./commands/setup.ts")).setup,
  models: async () => (await import("./commands/models.ts")).models,
  doctor: async () => (await import("./commands/doctor.ts")).doctor,
  config: async () => (await import("./commands/config.ts")).config,
  explain: async () => (await import("./commands/explain.ts")).explain,
  bench: async () => (await import("./commands/bench.ts")).bench,
  plugins: async () => (await import("./commands/plugins.ts")).plugins,
  serve: async () => (await import("./commands/serve.ts")).serve,
  pool: async () => (await import("./commands/pool.ts")).pool,
  clean: async () => (await import("./commands/clean.ts")).clean,
};

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

/** Runs one command line and gives its exit code: 0 done, 1 failed, 2 wrongly asked, 130 stopped. The one place where errors become text. */
export const runCommandLine = async (args: readonly string[]): Promise<number> => {
  const [first = "--help", ...rest] = args;
  if (first === "--help" || first === "-h" || first === "help") {
    process.stdout.write(helpText);
    return 0;
  }
  if (Object.hasOwn(commands, first) && rest.some((one) => one === "--help" || one === "-h")) {
    process.stdout.write(helpFor(first));
    return 0;
  }
  if (first === "--version" || first === "-v") {
    const { version } = await import("@aide-ts/run/host");
    process.stdout.write(`${version()}\n`);
    return 0;
  }
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
  process.stdout.on("error", onClosedPipe);
  const { secretsOf } = await import("@aide-ts/run/host");
  const env = processEnvironment();
  const secrets = secretsOf(env);
  const { mask } = secrets;
  const shell: Shell = {
    cwd: process.cwd(),
    env,
    secrets,
    out: (text) => void process.stdout.write(`${mask(text)}\n`),
    err: (text) => void process.stderr.write(`${mask(text)}\n`),
    interactive: process.stdout.isTTY,
    ...(process.stdin.isTTY && process.stdout.isTTY ? { ask: (question) => askOnTerminal(question, stop.signal) } : {}),
    signal: stop.signal,
  };
  try {
    const named = Object.hasOwn(commands, first) ? commands[first] : undefined;
    if (named !== undefined) return await (await named())(rest, shell);
    if (first.includes("=") || isConfigFile(first)) return await (await import("./commands/run.ts")).run(args, shell);
    const { unknownCommand } = await import("./terminal/unknown-command.ts");
    throw unknownCommand(first, Object.keys(commands));
  } catch (error) {
    const { renderError } = await import("./terminal/error.ts");
    const { text, exitCode } = renderError(error);
    shell.err(text);
    return exitCode;
  }
};
