import { extractCandidate, functionNamed, functionsOf, withFunction, type PythonFunction } from "@aide-ts/answer";
import type { Candidate, Guidance, Proposal, Solution, Solve, Work } from "@aide-ts/plugin";
import { createCoder, slotsOf, splitOpening, withOpening, type CoderOptions } from "../coder.ts";
import { withEstimator, type Estimator } from "../defaults.ts";
import { drawDirection, type Direction } from "./directions.ts";
import { readFunction } from "./functions.ts";

export interface BlockCoderOptions extends CoderOptions {
  readonly estimators: readonly Estimator[];
  /** Who writes the first scripts: the list of estimators, or a model. */
  readonly drafts: "defaults" | "model";
  readonly blockDirections: readonly Direction[];
}

/** One function of a script to be written anew. */
interface Job {
  readonly prompt: string;
  readonly code: string;
  readonly function: PythonFunction;
  readonly direction: Direction | undefined;
}

const estimatorFunction = "make_estimator";

/** The first of the script's own functions that no step changes. */
const frameFunction = "prepare";

/** An answer of one function that is longer has lost its way. */
const mostTokens = 320;

/** What begins behind a function that is written to its end. */
const behindFunction = ["\n```", "\ndef ", "\nclass ", "\nif __name__"];

/**
 * Solutions of functions: each step writes one of them anew, and all else stays as it is. The first scripts are of well-known estimators as they are. What it cannot
 * do so, as a script without these functions, is left to the coder of whole scripts. Targeted refinement of one part of a script is MLE-STAR's (Nam et al. 2025, arXiv 2506.15692).
 */
export const createBlockCoder = (options: BlockCoderOptions): Solve => {
  const scripts = createCoder(options);
  return async (proposal, work) => {
    if (proposal.operator === "draft" && options.drafts === "defaults" && proposal.guidance.length === 0) {
      const made = draftOf(options, work);
      if (made !== undefined) return made;
    }
    const job = jobOf(proposal, work, options);
    return job === undefined ? scripts(proposal, work) : rewritten(job, proposal, work, options);
  };
};

/** The next estimator of the list; undefined where each was taken. */
const draftOf = ({ skeleton, estimators }: BlockCoderOptions, work: Work): Candidate | undefined => {
  const estimator = estimators[work.proposal];
  const code = estimator && withEstimator(skeleton, estimator);
  return estimator === undefined || code === undefined ? undefined : { plan: `${estimator.made}, as it is`, code };
};

const jobOf = (
  { operator, parents, guidance }: Proposal,
  work: Work,
  { skeleton, blockDirections }: BlockCoderOptions,
): Job | undefined => {
  const parent = work.journal.solution(parents[0] ?? "");
  const job = (kind: string, code: string, name: string | undefined, direction?: Direction): Job | undefined => {
    const found = name === undefined ? undefined : functionNamed(code, name);
    return found === undefined ? undefined : { prompt: `coder/${kind}-block`, code, function: found, direction };
  };
  switch (operator) {
    case "draft":
      return job("draft", skeleton, estimatorFunction);
    case "improve": {
      if (parent === undefined) return undefined;
      const { code } = parent.candidate;
      const there = sourcesIn(code);
      const possible = blockDirections.filter(({ function: name }) => there.has(name));
      const direction = drawDirection(ofFunction(possible, guidance), work.journal, work.random);
      return job("improve", code, direction?.function, direction);
    }
    case "debug":
      return parent === undefined
        ? undefined
        : job(
            "debug",
            parent.candidate.code,
            failingFunction(parent, work, new Set(blockDirections.map(({ function: name }) => name))),
          );
    default:
      return undefined;
  }
};

/** Those of the function that guidance titled `Function: <name>` names, as that of a plugin which found out what matters; all where it names none of them. */
const ofFunction = (directions: readonly Direction[], guidance: readonly Guidance[]): readonly Direction[] => {
  const named = new Set(guidance.flatMap(({ title }) => /^Function: (\w+)$/.exec(title)?.[1] ?? []));
  const chosen = directions.filter((direction) => named.has(direction.function));
  return chosen.length === 0 ? directions : chosen;
};

/** The function that the error came from, or else the one that differs from what the script was made from, or else the estimator. */
const failingFunction = (
  { candidate, execution, parents }: Solution,
  { journal }: Work,
  names: ReadonlySet<string>,
): string => {
  const failed = execution?.exception?.frames.findLast((frame) => names.has(frame.function))?.function;
  const before = journal.solution(parents[0] ?? "")?.candidate.code;
  if (failed !== undefined || before === undefined) return failed ?? estimatorFunction;
  const [theirs, ours] = [sourcesIn(before), sourcesIn(candidate.code)];
  return [...names].find((name) => theirs.get(name) !== ours.get(name)) ?? estimatorFunction;
};

/** The text of each function, by its name. */
const sourcesIn = (code: string): ReadonlyMap<string, string> =>
  new Map(functionsOf(code).map(({ name, source }) => [name, source]));

const rewritten = async (
  { prompt, code, function: before, direction }: Job,
  proposal: Proposal,
  work: Work,
  options: BlockCoderOptions,
): Promise<Candidate> => {
  const role = proposal.role ?? "code";
  const begins = beginningOf(before, direction);
  const shown = direction === undefined ? code : withoutFrame(code);
  const slots = { code: shown.trimEnd(), function: before.name, direction: direction?.text ?? "", opening: begins };
  const prepared = splitOpening(work.prompt(prompt, { ...slotsOf(proposal, work, options), ...slots }));
  const opening = options.opens(role) ? `${prepared.opening.trimEnd()}${/\s*$/.exec(begins)?.[0] ?? ""}` : "";
  const request = withOpening(prepared.messages, opening);
  const answer = await work.generate(
    opening === "" ? request : { ...request, stop: behindFunction, maxTokens: mostTokens },
    { role, phase: "code" },
  );
  const plan = direction?.title ?? `${before.name}, ${proposal.operator}`;
  const written = readFunction(opening + answer.text, before);
  if (written === undefined) {
    const { defect, seen } = extractCandidate(opening + answer.text, answer.finish);
    return { plan, code: "", defect: defect ?? "no-code", seen: seen ?? `no function \`${before.name}\` that parses` };
  }
  const changed = withFunction(code, before, written);
  return { plan, code: options.complete?.(changed) ?? changed };
};

/** A script up to where the functions end that are written anew: what follows is the same in all, and a third of a prompt. */
const withoutFrame = (code: string): string => {
  const frame = functionNamed(code, frameFunction);
  return frame === undefined
    ? code
    : `${code.slice(0, frame.from)}# The rest reads the tables, prepares both alike, fits the model, predicts and writes.`;
};

/** How the answer begins: the head of the function that it replaces, and what the direction puts behind it. */
const beginningOf = ({ head, body, returned, called }: PythonFunction, direction: Direction | undefined): string => {
  const begins = direction?.begins ?? "";
  if (begins.includes("{{called}}") && called === undefined) return `${head}\n`;
  const filled = begins
    .replaceAll("{{called}}", () => called ?? "")
    .replaceAll("{{returned}}", () => returned ?? "")
    .replace(/^(?=return )/, "    ")
    .replaceAll("{{body}}", () => body);
  return `${head}\n${filled}`;
};
