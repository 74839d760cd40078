import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { AideError, type RunningProgram } from "@aide-ts/plugin";
import { HeadAndTail } from "./head-and-tail.ts";

export interface ProgramRequest {
  readonly python: string;
  readonly file: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

interface Waiting {
  readonly resolve: (line: string) => void;
  readonly reject: (error: unknown) => void;
}

const LAST_WORDS_BYTES = 4000;

/** Starts a program that answers lines with lines. It ends with its input, by the signal, or by itself, which fails what waits for an answer. */
export const startProgram = ({ python, file, variables, signal }: ProgramRequest): RunningProgram => {
  signal.throwIfAborted();
  const child = spawn(python, [file], { env: variables, stdio: ["pipe", "pipe", "pipe"] });
  const waiting: Waiting[] = [];
  const errors = new HeadAndTail(LAST_WORDS_BYTES);
  child.stderr.on("data", (chunk: Buffer) => errors.push(chunk));
  let over: unknown;
  const end = (why: unknown): void => {
    over ??= why;
    for (const { reject } of waiting.splice(0)) reject(over);
  };
  const exited = new Promise<void>((resolve) => {
    child.once("close", () => {
      end(signal.aborted ? signal.reason : died(python, errors.text()));
      resolve();
    });
    child.once("error", (error) => {
      end(died(python, error.message));
      resolve();
    });
  });
  createInterface({ input: child.stdout }).on("line", (line) => waiting.shift()?.resolve(line));
  // A program that has ended closes its input: what waits is rejected by its end.
  child.stdin.on("error", () => {});
  const kill = (): void => void child.kill("SIGKILL");
  signal.addEventListener("abort", kill, { once: true });
  return {
    request: (line) =>
      new Promise((resolve, reject) => {
        if (over !== undefined) return reject(over);
        waiting.push({ resolve, reject });
        child.stdin.write(`${line}\n`);
      }),
    async [Symbol.asyncDispose]() {
      signal.removeEventListener("abort", kill);
      child.stdin.end();
      kill();
      await exited;
    },
  };
};

const died = (python: string, words: string): AideError =>
  new AideError({
    code: "AIDE_PROGRAM_ENDED",
    message: "The program that reads the data ended before it answered.",
    fix: "Where its last words speak of memory, give the machine more, or the task fewer rows. Else delete the folder of the Python environment and run again.",
    fault: "user",
    facts: { python, "last words": words.trim().slice(-2000) },
  });
