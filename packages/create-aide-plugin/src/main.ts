import { runCommandLine } from "./command-line.ts";
import { terminalQuestions } from "./terminal/questions.ts";

const answerable = process.stdin.isTTY && process.stdout.isTTY;

process.exitCode = await runCommandLine(process.argv.slice(2), {
  cwd: process.cwd(),
  out: (text) => void process.stdout.write(`${text}\n`),
  err: (text) => void process.stderr.write(`${text}\n`),
  ...(answerable ? { questions: terminalQuestions } : {}),
});
