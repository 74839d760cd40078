import { z } from "zod";

const bytes = z.int().positive();

export const options = z.strictObject({
  python: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Interpreter to build the environment from, or to use as it is: a path, or a version as "3.12". Default: the first one found.',
    ),
  packages: z
    .enum(["pinned", "installed"])
    .default("pinned")
    .describe(
      "`pinned`: an environment of aide's own, the same on every machine. `installed`: the interpreter as it is, with what is installed in it (torch, CUDA).",
    ),
  seconds: z
    .number()
    .positive()
    .max(7 * 86_400)
    .default(600)
    .describe("Wall-clock limit of one script, in seconds."),
  grace: z
    .number()
    .nonnegative()
    .max(600)
    .default(5)
    .describe("Seconds between the interrupt and the kill of a script that ran too long."),
  outputBytes: bytes
    .min(256)
    .default(65_536)
    .describe("Bytes of output kept, half from the start and half from the end."),
  memory: bytes
    .optional()
    .describe(
      "Address space of one process, in bytes. Default: 75 % of the machine's memory, or none where there is a GPU.",
    ),
  concurrency: z
    .int()
    .positive()
    .max(4096)
    .optional()
    .describe(
      "Scripts that run at once; more wait for their turn, which counts for no limit. Default: `slots` of the run.",
    ),
  threads: z
    .int()
    .positive()
    .max(4096)
    .optional()
    .describe("Threads of numeric libraries in one script. Default: all cores, shared among `concurrency`."),
  keepWorking: z
    .boolean()
    .default(false)
    .describe("Keep all that scripts leave in ./working, not only working/submission.csv."),
  fork: z
    .boolean()
    .default(true)
    .describe(
      "Fork scripts from a process that has imported the usual packages, so that none waits for its imports. Linux.",
    ),
});
