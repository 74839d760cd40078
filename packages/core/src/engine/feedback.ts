import type { Candidate, Cause, Evaluation, Exception, Execution } from "@aide-ts/plugin";

type Invalid = Extract<Evaluation, { valid: false }>;

const outputShown = 1500;
const placesShown = 3;
const messageShown = 400;

/** The feedback that the model gets on an answer that holds no script to run. */
export const withoutCode = (candidate: Candidate): Invalid => {
  const cause = candidate.defect ?? "no-code";
  const known = cause === "static-check" ? candidate.seen : defects[cause];
  return { valid: false, cause, scores: [], feedback: known ?? noCode(candidate.seen) };
};

const noCode = (seen: string | undefined): string =>
  `The answer held no Python code block${seen === undefined ? "" : `: it had ${seen}`}.`;

const defects: Readonly<Record<string, string>> = {
  truncated: "The answer was cut off before its code was complete. Write a shorter answer.",
  repetition: "The answer repeated itself without end and was cut off.",
};

/** The verdict on a script that did not end well; `undefined` for one that did, which evaluators judge. */
export const failedExecution = (execution: Execution): Invalid | undefined => {
  if (execution.fate === "ok") return undefined;
  return { valid: false, cause: causeOf(execution), scores: [], feedback: describeFailure(execution) };
};

const causeOf = ({ fate, exception }: Execution): Cause => {
  if (fate === "exception") return exception?.beforeRun === true ? "static-check" : "exception";
  return fate === "lost" ? "crash" : fate;
};

const describeFailure = (execution: Execution): string => {
  const { fate, exception, output, seconds } = execution;
  const lines: string[] = [];
  if (exception !== undefined) lines.push(`${exception.type}: ${exception.message.slice(0, messageShown)}`);
  if (exception?.beforeRun === true) return [...lines, ...placesOf(exception), "The script was not run."].join("\n");
  const where = exception?.frames.findLast((frame) => frame.file === "runfile.py");
  if (where !== undefined) lines.push(`raised by line ${where.line}: ${where.source.trim()}`);
  if (fate === "timeout") lines.push(`The script was stopped after ${Math.round(seconds)} seconds: it must be faster.`);
  if (fate === "out-of-memory") lines.push("The script ran out of memory.");
  if (fate === "crash" || fate === "lost") lines.push("The Python process died.");
  const shown = withoutTraceback(output).trim();
  if (shown !== "") lines.push(`Its output ended with:\n${tail(shown, outputShown)}`);
  return lines.join("\n");
};

/** Every line that a reader of the script stopped at, the first few; the checker's own output says no more than that. */
const placesOf = ({ frames }: Exception): readonly string[] =>
  [...new Map(frames.map((frame) => [frame.line, frame])).values()]
    .slice(0, placesShown)
    .map(({ line, source }) => `line ${line}: ${source.trim()}`);

/**
 * The exception and the script's own line are already given; library frames in between only fill a small model's prompt. The tracebacks of what
 * led to the exception go too.
 */
const withoutTraceback = (output: string): string => {
  const start = output.lastIndexOf(traceback);
  if (start === -1) return output;
  const before = output.slice(0, start);
  return ledTo.test(before) ? withoutTraceback(before) : before;
};

const traceback = "Traceback (most recent call last):";
const ledTo = /\n(The above exception was the direct cause of|During handling of the above exception,)[^\n]*:\s*$/;

const tail = (text: string, length: number): string => (text.length <= length ? text : `…${text.slice(-length)}`);
