import { createInterface } from "node:readline";
import { type RunningProgram, messageOf } from "@aide-ts/plugin";
import type { LaunchedProgram } from "./launcher.ts";
import { HeadAndTail } from "./output/head-and-tail.ts";
import { programEnded } from "./errors.ts";

interface Waiting {
  readonly resolve: (line: string) => void;
  readonly reject: (error: unknown) => void;
}

const lastWordsBytes = 4000;

/** A program that answers lines with lines. It ends with its input, by the signal, or by itself, which fails what waits for an answer. */
export const runningProgram = (launched: LaunchedProgram, python: string, signal: AbortSignal): RunningProgram => {
  const { stdin, stdout, stderr, kill } = launched;
  const waiting: Waiting[] = [];
  const errors = new HeadAndTail(lastWordsBytes);
  stderr.on("data", (chunk: Buffer) => errors.push(chunk));
  let over: unknown;
  const end = (why: unknown): void => {
    over ??= why;
    for (const { reject } of waiting.splice(0)) reject(over);
  };
  const ended = launched.ended.then(
    () => end(signal.aborted ? signal.reason : programEnded(python, errors.text())),
    (error: unknown) => end(programEnded(python, messageOf(error))),
  );
  createInterface({ input: stdout }).on("line", (line) => waiting.shift()?.resolve(line));
  // A program that has ended closes its input: what waits is rejected by its end.
  stdin.on("error", () => {});
  signal.addEventListener("abort", kill, { once: true });
  return {
    request: (line) =>
      new Promise((resolve, reject) => {
        if (over !== undefined) return reject(over);
        waiting.push({ resolve, reject });
        stdin.write(`${line}\n`);
      }),
    async [Symbol.asyncDispose]() {
      signal.removeEventListener("abort", kill);
      stdin.end();
      kill();
      await ended;
    },
  };
};
