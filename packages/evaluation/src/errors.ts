import { AideError } from "@aide-ts/plugin";

const examples = (names: readonly string[]): string =>
  (names.length === 0 ? ["rmse", "accuracy"] : names.slice(0, 4)).map((name) => `metric=${name}`).join(", ");

export const metricFileRefused = (file: string, refused: string): AideError =>
  new AideError({
    code: "AIDE_METRIC_FILE",
    message: `The metric cannot be taken from ${file}: ${refused}.`,
    fix: 'Write `direction = "minimize"` and `def score(truth, submission):`, which returns a number, into it.',
    fault: "user",
  });

const notKnown = (message: string, nearest: readonly string[], known: readonly string[]): AideError =>
  new AideError({
    code: "AIDE_METRIC_UNKNOWN",
    message,
    fix: `Name one, as ${examples(nearest)}; any other needs direction=minimize or maximize beside its name.`,
    fault: "user",
    facts: { known: known.join(", ") },
  });

export const metricUnknown = (name: string, nearest: readonly string[], known: readonly string[]): AideError =>
  notKnown(`There is no metric "${name}".`, nearest, known);

export const metricNotInLibrary = (words: string, nearest: readonly string[], known: readonly string[]): AideError =>
  notKnown(`The evaluation text speaks of "${words}", which no metric of the library is.`, nearest, known);

export const noMetric = (known: readonly string[]): AideError =>
  notKnown("Nothing tells which metric scores the predictions.", [], known);

export const metricAmbiguous = (candidates: readonly string[]): AideError =>
  new AideError({
    code: "AIDE_METRIC_AMBIGUOUS",
    message: `The evaluation text could mean ${candidates.join(" or ")}.`,
    fix: `Name the one that counts, as ${examples(candidates)}.`,
    fault: "user",
  });

export const metricMisfit = (metric: string, target: string, holds: string, usual: readonly string[]): AideError =>
  new AideError({
    code: "AIDE_METRIC_MISFIT",
    message: `The metric ${metric} does not fit the target "${target}", which holds ${holds}.`,
    fix: `Name one that does, as ${examples(usual)}, or another target with target=NAME.`,
    fault: "user",
  });
