import { z } from "zod";

const text = z.string().max(20_000);

const frame = z.object({ file: text, line: z.int().nonnegative(), function: text, source: text });

/** As a script's own interpreter describes it. */
export const exceptionSchema = z.object({
  type: text,
  message: text,
  frames: z.array(frame).max(100),
  beforeRun: z.literal(true).exactOptional(),
});

const ending = z.union([
  z.object({ fate: z.literal("ok") }),
  exceptionSchema.extend({ fate: z.enum(["exception", "out-of-memory"]) }),
]);

/** How the script ended, as the runner saw it. */
export type Ending = z.output<typeof ending>;

const started = z.object({ started: z.literal(true) });

export interface Report {
  /** The interpreter came as far as the runner. */
  readonly started: boolean;
  readonly ending?: Ending;
}

const parsed = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
};

/** Reads the runner's lines. The script may have written among them: what does not fit is passed over. */
export const readReport = (text: string): Report => {
  const lines = text.split("\n").map(parsed);
  const end = lines.map((line) => ending.safeParse(line)).findLast((checked) => checked.success);
  return {
    started: lines.some((line) => started.safeParse(line).success),
    ...(end?.success ? { ending: end.data } : {}),
  };
};
