import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** How a program that answers line by line came to its end. */
export type Ending =
  | { readonly kind: "ended" }
  | { readonly kind: "silent" }
  | { readonly kind: "failed"; readonly how: string };

/** The lines that a program answered with, and its end. */
export interface Answered {
  readonly lines: readonly string[];
  readonly ending: Ending;
}

/**
 * Runs a program with something to read. Standard error is thrown away: it may hold what must not leave the process.
 * @param silence milliseconds without a line after which the program and all that it started are ended
 * @throws the signal's reason when that fires
 */
export const askLines = async (
  [program, ...rest]: readonly [string, ...string[]],
  input: string,
  { silence, signal }: { readonly silence: number; readonly signal: AbortSignal },
): Promise<Answered> => {
  signal.throwIfAborted();
  const child = spawn(program, rest, { stdio: ["pipe", "pipe", "ignore"], detached: true });
  let isSilent = false;
  const end = () => endGroup(child.pid);
  const timer = setTimeout(() => {
    isSilent = true;
    end();
  }, silence);
  signal.addEventListener("abort", end, { once: true });
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout });
  reader.on("line", (line) => {
    lines.push(line);
    timer.refresh();
  });
  // A program that ends before it has read everything is known by how it ends.
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  try {
    const how = await new Promise<string | undefined>((resolve) => {
      child.once("error", ({ message }) => resolve(message));
      child.once("close", (code, by) =>
        resolve(code === 0 ? undefined : by === null ? `exit code ${code}` : `signal ${by}`),
      );
    });
    signal.throwIfAborted();
    if (isSilent) return { lines, ending: { kind: "silent" } };
    return { lines, ending: how === undefined ? { kind: "ended" } : { kind: "failed", how } };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", end);
    reader.close();
  }
};

/** On Windows a process has no group of its own. */
const endGroup = (pid: number | undefined): void => {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === "win32" ? pid : -pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
};
