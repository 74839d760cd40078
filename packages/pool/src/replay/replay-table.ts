import { alignedTable, counted } from "@aide-ts/run/report";
import type { Landscape } from "../landscapes/landscape.ts";
import type { Study } from "./study.ts";

/** Searches replayed on one landscape. */
export interface ReplayTable extends Omit<Landscape, "draft"> {
  readonly strategies: readonly string[];
  readonly seeds: number;
  readonly rows: readonly (Study & { readonly search: string })[];
}

const first = 8;

/** Numbers of steps at which regret is shown: 8, 16, 32, … and the last. */
export const pointsOf = (steps: number): readonly number[] => {
  const doubled = Array.from({ length: 20 }, (_, power) => first * 2 ** power).filter((point) => point < steps);
  return [...doubled, steps];
};

/** The table as people read it: the search of least regret at the end comes first. */
export const renderReplays = ({
  name,
  metric,
  direction,
  optimum,
  median,
  strategies,
  seeds,
  rows,
}: ReplayTable): readonly string[] => {
  const points = rows[0]?.points ?? [];
  const last = (row: (typeof rows)[number]) => row.points.at(-1)?.regret ?? Number.NaN;
  const cells = [
    [
      "search",
      ...points.map(({ steps }) => `regret at ${steps}`),
      "none valid",
      "executions",
      "tokens",
      "script seconds",
    ],
    ...rows
      .toSorted((a, b) => last(a) - last(b))
      .map((row) => [
        row.search,
        ...row.points.map(({ regret, error }) => `${regret.toFixed(3)} ± ${error.toFixed(3)}`),
        `${(100 * (row.points.at(-1)?.without ?? 0)).toFixed(0)} %`,
        row.executions.toFixed(1),
        recorded(row.tokens),
        recorded(row.seconds),
      ]),
  ];
  const better = direction === "minimize" ? "lower" : "higher";
  const around = strategies.length === 0 ? "" : `, ${strategies.join(" over ")} around the coder`;
  return [
    `${name}   ${metric}, ${better} is better; optimum ${shown(optimum)}, median draft ${shown(median)}; ${counted(seeds, "seed")}${around}`,
    ...alignedTable(cells, { gap: "   " }).map((line) => `  ${line}`),
    "",
  ];
};

const shown = (value: number): string => String(Number(value.toPrecision(4)));

/** Landscapes that follow from formulas record neither tokens nor seconds. */
const recorded = (value: number): string => (value === 0 ? "-" : value.toFixed(0));
