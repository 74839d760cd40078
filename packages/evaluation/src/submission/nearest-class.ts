import { placeIn } from "../metrics/numbers/ranks.ts";
import { dataNumber, type Classes } from "./cells.ts";

/** Numbers between the classes, as a regressor gives them, are taken for the nearest; none may lie further out than half a step. */
export const nearestClasses = (answers: readonly string[], { labels }: Classes): Float64Array | undefined => {
  const places = labels.map((label, at) => ({ at, value: dataNumber(label) })).sort((a, b) => a.value - b.value);
  const values = Float64Array.from(places, ({ value }) => value);
  const [first = 0, second = first + 1] = values;
  const [last = 0, before = last - 1] = values.toReversed();
  const [least, most] = [first - (second - first) / 2, last + (last - before) / 2];
  const predicted = Float64Array.from(answers, (answer) => {
    const number = answer.trim() === "" ? Number.NaN : Number(answer);
    if (!(number >= least && number <= most)) return -1;
    const at = placeIn({ distinct: values }, number);
    const isLower = at > 0 && number - (values[at - 1] ?? 0) < (values[at] ?? 0) - number;
    return places[isLower ? at - 1 : at]?.at ?? -1;
  });
  return values.every(Number.isFinite) && !predicted.includes(-1) ? predicted : undefined;
};
