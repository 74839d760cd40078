import { findingKinds } from "@aide-ts/strategy-reflection";
import { markdownTable } from "@aide-ts/run/report";
import type { Row } from "./row.ts";
import { exactMcNemar, holm, wilsonInterval } from "./statistics.ts";

/** The bench's tables in Markdown: what each arm fixed, by kind, at what cost, and against another arm on the same drafts. */
export const repairTables = (rows: readonly Row[], arms: readonly string[], beside: readonly string[]): string => {
  const counted = rows.filter(({ outcome }) => outcome === "fixed" || outcome === "not-fixed");
  const tasks = [...new Set(counted.map(({ task }) => task))];
  return [
    `## Fixed\n\nIntervals of the rate are Wilson's.\n\n${fixedTable(counted, arms, tasks)}`,
    `## By kind of failure\n\n${kindTable(counted, arms)}`,
    `## Size and cost\n\nMedians; of patches over the drafts that were fixed, of the rest over all.\n\n${costTable(counted, arms)}`,
    ...(beside.length === 0
      ? []
      : [
          `## On the same drafts\n\nDrafts that only the one fixed, and that only the other fixed; p by McNemar's exact test, two-sided, adjusted within its column (Holm).\n\n${pairedTable(counted, arms, beside)}`,
        ]),
    `## How rounds ended\n\n${outcomeTable(counted, arms)}`,
  ].join("\n\n");
};

const of = (rows: readonly Row[], arm: string): readonly Row[] => rows.filter((row) => row.arm === arm);

const fixedIn = (rows: readonly Row[]): number => rows.filter(({ outcome }) => outcome === "fixed").length;

const share = (rows: readonly Row[]): string => (rows.length === 0 ? "" : `${fixedIn(rows)} of ${rows.length}`);

const interval = (rows: readonly Row[]): string => {
  if (rows.length === 0) return "";
  const [low, high] = wilsonInterval(fixedIn(rows), rows.length).map((end) => Math.round(end * 100));
  return `${low}–${high} %`;
};

const fixedTable = (rows: readonly Row[], arms: readonly string[], tasks: readonly string[]): string =>
  markdownTable(
    ["strategy", "fixed", "95 % interval", ...tasks],
    arms.map((arm) => [
      arm,
      share(of(rows, arm)),
      interval(of(rows, arm)),
      ...tasks.map((task) => share(of(rows, arm).filter((row) => row.task === task))),
    ]),
  );

const kindTable = (rows: readonly Row[], arms: readonly string[]): string => {
  const kinds = findingKinds.filter((kind) => rows.some((row) => row.kind === kind));
  return markdownTable(
    ["strategy", ...kinds],
    arms.map((arm) => [arm, ...kinds.map((kind) => share(of(rows, arm).filter((row) => row.kind === kind)))]),
  );
};

const costTable = (rows: readonly Row[], arms: readonly string[]): string =>
  markdownTable(
    ["strategy", "lines changed", "hunks", "share of lines", "calls", "tokens", "of them generated", "executions"],
    arms.map((arm) => {
      const all = of(rows, arm);
      const patches = all.flatMap(({ outcome, patch }) => (outcome === "fixed" && patch !== undefined ? [patch] : []));
      return [
        arm,
        shown(patches.map(({ editDistance }) => editDistance)),
        shown(patches.map(({ hunks }) => hunks)),
        shown(
          patches.map(({ changedRatio }) => changedRatio * 100),
          " %",
        ),
        shown(all.map(({ calls }) => calls)),
        shown(all.map(({ tokens }) => tokens)),
        shown(all.map(({ generated }) => generated)),
        shown(all.map(({ executions }) => executions)),
      ];
    }),
  );

const pairedTable = (rows: readonly Row[], arms: readonly string[], beside: readonly string[]): string => {
  const columns = beside.map((other) => {
    const compared = arms.flatMap((arm) => (arm === other ? [] : paired(rows, arm, other)));
    const adjusted = holm(compared.map(({ ours, theirs }) => exactMcNemar(ours, theirs)));
    return new Map(compared.map((counts, at) => [counts.arm, pairedText(counts, adjusted[at] ?? 1)]));
  });
  return markdownTable(
    ["strategy", ...beside.map((other) => `beside ${other}`)],
    arms.map((arm) => [arm, ...columns.map((cells) => cells.get(arm) ?? "")]),
  );
};

interface Paired {
  readonly arm: string;
  readonly ours: number;
  readonly theirs: number;
  readonly pairs: number;
}

/** Nothing where the two have no draft in common. */
const paired = (rows: readonly Row[], arm: string, other: string): readonly Paired[] => {
  const their = new Map(of(rows, other).map((row) => [row.case, row.outcome === "fixed"]));
  const pairs = of(rows, arm).flatMap((row) => {
    const theirs = their.get(row.case);
    return theirs === undefined ? [] : [{ ours: row.outcome === "fixed", theirs }];
  });
  if (pairs.length === 0) return [];
  const only = (side: "ours" | "theirs") => pairs.filter((pair) => pair[side] && pair.ours !== pair.theirs).length;
  return [{ arm, ours: only("ours"), theirs: only("theirs"), pairs: pairs.length }];
};

const pairedText = ({ ours, theirs, pairs }: Paired, p: number): string =>
  `${ours} : ${theirs} of ${pairs}, p ${p < 0.001 ? "< 0.001" : Number(p.toPrecision(2))}`;

const outcomeTable = (rows: readonly Row[], arms: readonly string[]): string => {
  const outcomes = [...new Set(rows.flatMap(({ noted }) => noted ?? []))].toSorted();
  return markdownTable(
    ["strategy", ...outcomes],
    arms.map((arm) => [
      arm,
      ...outcomes.map((outcome) => String(of(rows, arm).filter(({ noted }) => noted === outcome).length)),
    ]),
  );
};

const shown = (values: readonly number[], unit = ""): string => {
  const middle = median(values);
  return middle === undefined ? "" : `${Number(middle.toPrecision(3))}${unit}`;
};

const median = (values: readonly number[]): number | undefined => {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.ceil((sorted.length - 1) / 2)]];
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
};
