import type { SlurmOptions } from "./options.ts";

/** Exit code of a program that was asked to stop and can be continued. */
const stopped = 130;

export interface BatchScript {
  readonly command: readonly string[];
  /** A file with a line for each job: the numbers of its runs. */
  readonly numbersFile: string;
}

/**
 * What each job of an array runs. Warned by USR1 that its time is nearly up, it has the program stop and queues itself again; it is asked to
 * stop by TERM where it is cancelled.
 */
export const batchScript = (
  { setup, requeues }: Pick<SlurmOptions, "setup" | "requeues">,
  { command, numbersFile }: BatchScript,
): string => `#!/bin/bash
${setup.map((line) => `${line}\n`).join("")}numbers=$(sed -n "$((SLURM_ARRAY_TASK_ID + 1))p" ${quoted(numbersFile)})
again=
trap 'again=yes; kill -INT "$program"' USR1
trap 'kill -INT "$program"' TERM INT
${command.map(quoted).join(" ")} $numbers &
program=$!
wait "$program"
code=$?
# A signal ends the waiting, not the program.
while kill -0 "$program" 2>/dev/null; do
  wait "$program"
  code=$?
done
if [ -n "$again" ] && [ "$code" = ${stopped} ] && [ "\${SLURM_RESTART_COUNT:-0}" -lt ${requeues} ]; then
  exec scontrol requeue "\${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID"
fi
exit "$code"
`;

/** As the shell reads it back, letter by letter. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
