import { area, curveStepAfter, line } from "d3-shape";
import { escapeHtml } from "../html.ts";
import { drawHorizontalAxis, drawVerticalAxis, linearScale, rounded } from "./axis.ts";
import { colourOf } from "./chart-style.ts";

export interface Curve {
  readonly name: string;
  readonly mean: readonly number[];
  /** Of a band around it; infinite where it has no end. */
  readonly low: readonly number[];
  readonly high: readonly number[];
}

export interface CurvesChart {
  readonly title: string;
  /** Ascending. */
  readonly x: readonly number[];
  readonly xLabel: string;
  /** What the vertical axis spans. */
  readonly y: readonly [number, number];
  readonly curves: readonly Curve[];
}

const [width, height] = [720, 340];
const [left, right, top, bottom] = [48, 560, 14, 280];

/** Curves that go in steps, with bands, as an SVG element; its colours are those of `chartStyle`. */
export const drawCurves = ({ title, x, xLabel, y, curves }: CurvesChart): string => {
  const across = linearScale([x[0] ?? 0, x.at(-1) ?? 1], [left, right], 6);
  const up = linearScale(y, [bottom, top], 5);
  const inside = (value: number): number => up.at(Math.min(y[1], Math.max(y[0], value)));
  const drawn = curves.map(({ name, mean, low, high }, at) => {
    const band = area<number>()
      .x((_, place) => across.at(x[place] ?? 0))
      .y0((_, place) => inside(low[place] ?? 0))
      .y1((_, place) => inside(high[place] ?? 0))
      .curve(curveStepAfter)
      .digits(1);
    const middle = line<number>()
      .x((_, place) => across.at(x[place] ?? 0))
      .y((value) => inside(value))
      .curve(curveStepAfter)
      .digits(1);
    const key = top + 14 + at * 20;
    return `<g class="${colourOf(at)}"><path class="band" d="${band(mean) ?? ""}"/><path class="line" d="${middle(mean) ?? ""}"/><rect class="key" x="${right + 14}" y="${rounded(key - 9)}" width="10" height="10"/><text class="start" x="${right + 30}" y="${key}">${escapeHtml(name)}</text></g>`;
  });
  return `<svg class="chart" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escapeHtml(title)}">${drawVerticalAxis(up, left, right)}${drawHorizontalAxis(across, top, bottom, xLabel, (left + right) / 2)}${drawn.join("")}</svg>`;
};
