import { relative, resolve } from "node:path";
import { suggest } from "@aide-ts/core";
import { Stop } from "@aide-ts/plugin";
import { counted } from "@aide-ts/run/report";
import { formatUnknown } from "./errors.ts";
import { exportDocuments } from "./output/export-documents.ts";
import { exportLines, leftOutText, lineFormats, type WrittenLines } from "./output/export-lines.ts";
import { findRecordedRuns, type FoundRun } from "@aide-ts/run/record";
import { readRecordedRun, type RecordedRun } from "./runs/recorded-run.ts";

/** What the command may know of the process that runs it. */
interface Shell {
  readonly cwd: string;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly signal: AbortSignal;
}

interface ExportFlags {
  readonly format: string | undefined;
  readonly out: string | undefined;
}

/** `aide export trajectories`: what runs asked and were answered, as training data. */
export const exportTrajectories = async (
  shell: Shell,
  { format: name = "sft", out }: ExportFlags,
  ...words: readonly string[]
): Promise<number> => {
  const format = formatNamed(name);
  const found = await findRecordedRuns(words, shell.cwd);
  const runs = read(found, shell);
  const path = resolve(shell.cwd, out ?? usualPlace(format));
  const shown = relative(shell.cwd, path) || ".";
  if (format === "atif") {
    const written = await exportDocuments(runs, path);
    shell.out(`${shown}   ${counted(written, "run")}, a file for each`);
  } else for (const line of summaryOf(await exportLines(runs, format, path), format, shown)) shell.out(line);
  return 0;
};

type Format = keyof typeof lineFormats | "atif";

const formats: readonly Format[] = ["sft", "dpo", "atif"];

const formatNamed = (name: string): Format => {
  const format = formats.find((one) => one === name);
  if (format === undefined) throw formatUnknown(name, suggest(name, formats), formats);
  return format;
};

const usualPlace = (format: Format): string => (format === "atif" ? "trajectories" : `trajectories-${format}.jsonl`);

/** One run after the other, so that no more than one is in memory. */
async function* read(found: readonly FoundRun[], { err, signal }: Shell): AsyncGenerator<RecordedRun> {
  for (const one of found) {
    if (signal.aborted) throw new Stop("user", "The export was stopped.");
    const run = await readRecordedRun(one);
    if (!run.ended) err(`note     ${run.name} has not ended: it is exported as far as its log goes, and marked.`);
    yield run;
  }
}

const summaryOf = (
  { lines, runs, without, leftOut }: WrittenLines,
  format: keyof typeof lineFormats,
  shown: string,
): readonly string[] => {
  const none = without === 0 ? "" : `, ${without} of which gave none`;
  return [
    `${shown}   ${counted(lines, lineFormats[format].what)} of ${counted(runs, "run")}${none}`,
    ...(leftOut.size === 0 ? [] : [`left out   of answers to one prompt ${leftOutText(leftOut)}`]),
  ];
};
