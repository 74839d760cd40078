import { existsSync } from "node:fs";
import { z } from "zod";
import { cellsOf, readTable } from "../labels/read-table.ts";

/** What a known way to solve a task scores on its report labels. */
export interface Reference {
  /** As `ridge/onehot/alpha=1`; `trivial` for the best constant. */
  readonly name: string;
  /** As `linear`, `forest`, `automl`. */
  readonly family: string;
  readonly value: number;
  /** Standard error of the value; NaN where there is none. */
  readonly error: number;
}

const row = z.tuple([z.string(), z.string(), z.coerce.number(), z.string()]);

/** The references of a task, in the order of the file; none without one. @throws AIDE_REPORT_LABELS */
export const readReferences = async (path: string): Promise<readonly Reference[]> => {
  if (!existsSync(path)) return [];
  return cellsOf(await readTable(path), ["name", "family", "value", "error"]).map((cells) => {
    const [name, family, value, error] = row.parse(cells);
    return { name, family, value, error: error === "" ? Number.NaN : Number(error) };
  });
};

/** How a score stands beside the references. */
export interface Standing {
  /** 0 is the trivial predictor, 1 the best single reference; below 0 and above 1 there is more. */
  readonly score: number;
  /** Standard error of the score, from that of the value. */
  readonly scoreError: number | undefined;
  /** Share of the references that it is better than, ties by half: 0 to 100. */
  readonly percentile: number;
}

/** Where a value stands; `undefined` without references, or where the best is no better than the trivial predictor. */
export const standingOf = (
  { value, error, trivial }: { readonly value: number; readonly error: number; readonly trivial: number },
  references: readonly Reference[],
  direction: "maximize" | "minimize",
): Standing | undefined => {
  const sign = direction === "minimize" ? -1 : 1;
  const others = references.filter(({ name }) => name !== "trivial").map((one) => sign * one.value);
  const range = Math.max(...others) - sign * trivial;
  if (others.length === 0 || !(range > 0)) return undefined;
  const better = others.filter((other) => other < sign * value).length;
  const equal = others.filter((other) => other === sign * value).length;
  return {
    score: (sign * value - sign * trivial) / range,
    scoreError: Number.isNaN(error) ? undefined : error / range,
    percentile: (100 * (better + equal / 2)) / others.length,
  };
};
