import { escapeHtml } from "../html.ts";
import { drawHorizontalAxis, linearScale, rounded } from "./axis.ts";
import { colourOf } from "./chart-style.ts";

/** A value with an interval around it, or one of several that belong to it. */
export interface ShownInterval {
  readonly label: string;
  readonly estimate: number;
  /** Infinite ends reach the border. */
  readonly interval: readonly [number, number];
  /** Further values of the same kind, as the differences of single tasks. */
  readonly points: readonly number[];
}

const width = 720;
const [left, right, top, row] = [220, 700, 10, 34];

/** Intervals below one another around a line at zero, as an SVG element; its colours are those of `chartStyle`. */
export const drawIntervals = (title: string, xLabel: string, rows: readonly ShownInterval[]): string => {
  const values = rows
    .flatMap(({ estimate, interval, points }) => [estimate, ...interval, ...points])
    .filter(Number.isFinite);
  const reach = Math.max(0.05, ...values.map(Math.abs)) * 1.05;
  const across = linearScale([-reach, reach], [left, right], 7);
  const bottom = top + rows.length * row;
  const drawn = rows.map(({ label, estimate, interval: [low, high], points }, at) => {
    const y = top + at * row + row / 2;
    const end = (value: number): string => rounded(across.at(Math.min(reach, Math.max(-reach, value))));
    const marks = points.map((point) => `<circle cx="${end(point)}" cy="${rounded(y)}" r="2.5" opacity=".45"/>`);
    return `<g class="${colourOf(at)}">${marks.join("")}<line class="whisker" x1="${end(low)}" x2="${end(high)}" y1="${y}" y2="${y}"/><circle cx="${end(estimate)}" cy="${y}" r="5"/><text class="end" x="${left - 14}" y="${y + 4}">${escapeHtml(label)}</text></g>`;
  });
  const zero = rounded(across.at(0));
  return `<svg class="chart" viewBox="0 0 ${width} ${bottom + 48}" width="${width}" height="${bottom + 48}" role="img" aria-label="${escapeHtml(title)}">${drawHorizontalAxis(across, top, bottom, xLabel, (left + right) / 2)}<line class="zero" x1="${zero}" x2="${zero}" y1="${top}" y2="${bottom}"/>${drawn.join("")}</svg>`;
};
