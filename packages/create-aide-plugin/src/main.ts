import { runCommandLine } from "./command-line.ts";
import { terminalQuestions } from "./terminal/questions.ts";

// Whoever read the output has seen enough, as `head` does.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

const answerable = process.stdin.isTTY && process.stdout.isTTY;

process.exitCode = await runCommandLine(process.argv.slice(2), {
  cwd: process.cwd(),
  out: (text) => void process.stdout.write(`${text}\n`),
  err: (text) => void process.stderr.write(`${text}\n`),
  ...(answerable ? { questions: terminalQuestions } : {}),
});
