import { constants } from "node:os";

/** How long a program that was asked to stop may finish what it writes, in seconds. */
const grace = 30;

/**
 * Runs "$@", and asks it to stop once standard input ends, which it does with the process that holds it, however that dies: programs that nobody waits for
 * would work beside those of the next launch. What is left of its process group after the grace is killed.
 */
const script = `exec 3<&0
"$@" 3<&- </dev/null &
program=$!
{
  cat <&3 >/dev/null
  kill -INT $program
  waited=0
  while kill -0 $program && [ $waited -lt ${grace} ]; do sleep 1; waited=$((waited + 1)); done
  kill -KILL -$$
} 2>/dev/null &
watcher=$!
exec 3<&-
wait $program
ended=$?
kill $watcher
exit $ended`;

/** A command that runs this one, as the leader of a process group, until it ends or standard input does. */
export const supervised = (command: readonly string[]): readonly [string, ...string[]] => [
  "sh",
  "-c",
  script,
  "sh",
  ...command,
];

export type SupervisedEnd =
  | { readonly kind: "not-started"; readonly why: string }
  | { readonly kind: "exited"; readonly code: number }
  | { readonly kind: "killed"; readonly signal: string };

/** What the end of such a command says of the program. */
export const supervisedEnd = (code: number | null, killedBy: NodeJS.Signals | null): SupervisedEnd => {
  if (code === null) return { kind: "killed", signal: killedBy ?? "a signal" };
  if (code === 126) return { kind: "not-started", why: "it cannot be run" };
  if (code === 127) return { kind: "not-started", why: "there is no such program" };
  const signal = Object.entries(constants.signals).find(([, number]) => number === code - 128)?.[0];
  return signal === undefined ? { kind: "exited", code } : { kind: "killed", signal };
};
