import type { Compared } from "../metrics/compared.ts";
import type { Metric } from "../metrics/metric.ts";
import type { Classes } from "./cells.ts";

/** A target's rows as the metric compares them; else what is wrong with the answers, for the model. */
export type ComparedTarget =
  | { readonly ok: true; readonly compared: Compared; readonly classes: Classes | undefined }
  | { readonly ok: false; readonly problem: string };

export const wrong = (problem: string): ComparedTarget => ({ ok: false, problem });

/** Rows of numbers, or of indexes of classes. */
export const numbers = (
  metric: Extract<Compared, { input: "numbers" }>["metric"],
  truth: Float64Array,
  predicted: Float64Array,
  classes?: Classes,
): ComparedTarget => ({ ok: true, compared: { input: "numbers", metric, truth, predicted }, classes });

export const nameOf = (forms: readonly Metric[]): string => forms[0]?.name ?? "";

const shown = 8;
/** The first classes, for messages. */
export const someOf = (labels: readonly string[]): string =>
  `${labels.slice(0, shown).join(", ")}${labels.length > shown ? ", …" : ""}`;
