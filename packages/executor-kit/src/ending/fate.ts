import type { Exception, Fate } from "@aide-ts/plugin";
import type { Exit } from "../launcher.ts";
import type { Ending } from "./report.ts";

export interface ScriptExit extends Exit {
  /** It was ended because its time was up. */
  readonly timedOut: boolean;
}

export interface Verdict {
  readonly fate: Fate;
  readonly exception?: Exception;
  /** A line for the output, where what the script printed does not say how it ended. */
  readonly note?: string;
}

const asException = (ending: Exclude<Ending, { fate: "ok" }>): Exception => ({
  type: ending.type,
  message: ending.message,
  frames: ending.frames,
  ...(ending.beforeRun === undefined ? {} : { beforeRun: ending.beforeRun }),
});

const died = (type: string, message: string): Pick<Verdict, "exception" | "note"> => ({
  exception: { type, message, frames: [] },
  note: message,
});

/** @param seconds the limit that held for this script. */
export const decideFate = (exit: ScriptExit, ending: Ending | undefined, seconds: number): Verdict => {
  if (exit.timedOut) {
    const message = `stopped: it ran longer than its limit of ${seconds} s`;
    const frames = ending !== undefined && ending.fate !== "ok" ? ending.frames : [];
    return { fate: "timeout", exception: { type: "TimeoutError", message, frames }, note: message };
  }
  if (ending !== undefined && ending.fate !== "ok") return { fate: ending.fate, exception: asException(ending) };
  // The script itself had ended well: native libraries are known to crash while Python unloads them.
  if (ending !== undefined && exit.signal !== null)
    return { fate: "ok", note: `after the script had ended, ${exit.signal} ended Python` };
  if (ending !== undefined || exit.code === 0) return { fate: "ok" };
  if (exit.signal === "SIGKILL")
    return {
      fate: "out-of-memory",
      ...died("MemoryError", "killed by the system (SIGKILL), most likely for want of memory"),
    };
  if (exit.signal !== null) return { fate: "crash", ...died("Crash", `ended by ${exit.signal}`) };
  return { fate: "crash", ...died("Crash", `the process ended itself with exit code ${exit.code}`) };
};
