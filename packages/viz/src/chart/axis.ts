import { ticks } from "d3-array";
import { escapeHtml } from "../html.ts";

/** From data to pixels. */
export interface Scale {
  readonly at: (value: number) => number;
  readonly ticks: readonly number[];
}

export const linearScale = (
  domain: readonly [number, number],
  range: readonly [number, number],
  count: number,
): Scale => {
  const [from, to] = domain;
  const width = to - from || 1;
  return {
    at: (value) => range[0] + ((value - from) / width) * (range[1] - range[0]),
    ticks: ticks(from, to, count),
  };
};

/** Ticks and lines of a horizontal axis, below `bottom`. */
export const drawHorizontalAxis = (
  { at, ticks: marks }: Scale,
  top: number,
  bottom: number,
  label: string,
  middle: number,
): string =>
  [
    ...marks.map(
      (mark) =>
        `<line class="grid" x1="${rounded(at(mark))}" x2="${rounded(at(mark))}" y1="${top}" y2="${bottom}"/><text x="${rounded(at(mark))}" y="${bottom + 16}">${shown(mark)}</text>`,
    ),
    `<text x="${middle}" y="${bottom + 36}">${escapeHtml(label)}</text>`,
  ].join("");

/** Ticks and lines of a vertical axis, left of `left`. */
export const drawVerticalAxis = ({ at, ticks: marks }: Scale, left: number, right: number): string =>
  marks
    .map(
      (mark) =>
        `<line class="grid" x1="${left}" x2="${right}" y1="${rounded(at(mark))}" y2="${rounded(at(mark))}"/><text class="end" x="${left - 6}" y="${rounded(at(mark) + 4)}">${shown(mark)}</text>`,
    )
    .join("");

/** A tenth of a pixel is more than anyone sees. */
export const rounded = (pixels: number): string => String(Number(pixels.toFixed(1)));

const shown = (mark: number): string =>
  Math.abs(mark) >= 1000
    ? `${Number((mark / 1000).toPrecision(4))}k`
    : String(Number(mark.toPrecision(6))).replace("-", "−");
