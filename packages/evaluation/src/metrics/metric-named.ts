import { metricOfLibrary } from "./library.ts";
import type { Metric } from "./metric.ts";
import { wholeName } from "./words/whole-name.ts";

/** A metric by its name in the library or by any other that people use: `rmse`, `ROC AUC`, `F0.5`, `map@5`, `root mean squared error`. */
export const metricNamed = (name: string): Metric | undefined => {
  const plain = name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, "_");
  const known = metricOfLibrary(plain);
  if (known !== undefined) return known;
  const meant = wholeName(name);
  return meant === undefined ? undefined : metricOfLibrary(meant);
};
