import type { Exception, Execution } from "@aide-ts/plugin";
import type { ScriptResult } from "../run-script.ts";
import { decideFate } from "./fate.ts";

/** Python's last words at a crash name the runner and what started it, whose frames say nothing of the script, and all compiled modules that were imported. */
const notOfTheScript =
  /^ {2}File "[^"]*\b(?:runner|fork_server)\.py", line \d+ in (?:main|become_script|<module>)\n|^\nExtension modules: .*\n/gm;

/**
 * What a strategy gets to know of a script that has ended.
 * @param seconds the limit that held for it
 * @param portable makes paths in a text independent of this machine
 */
export const asExecution = (
  id: string,
  result: ScriptResult,
  seconds: number,
  artifacts: readonly string[],
  portable: (text: string) => string,
): Execution => {
  const { fate, exception, note } = decideFate(result.exit, result.report.ending, seconds);
  const apart = result.output === "" || result.output.endsWith("\n") ? "" : "\n";
  const output =
    note === undefined ? result.output : `${result.output.replaceAll(notOfTheScript, "")}${apart}[${note}]\n`;
  return {
    id,
    fate,
    output: portable(output),
    seconds: result.seconds,
    artifacts,
    ...(exception === undefined ? {} : { exception: inPortablePaths(exception, portable) }),
  };
};

const inPortablePaths = (exception: Exception, portable: (text: string) => string): Exception => ({
  ...exception,
  message: portable(exception.message),
  frames: exception.frames.map((frame) => ({ ...frame, file: portable(frame.file) })),
});
