export { chartStyle } from "./chart/chart-style.ts";
export { drawCurves, type Curve, type CurvesChart } from "./chart/curves.ts";
export { drawIntervals, type ShownInterval } from "./chart/intervals.ts";
export { escapeHtml, htmlPage, jsonInScript } from "./html.ts";
export { layoutTree, type Placed, type TreeNode } from "./layout.ts";
export { renderTreePage, type TreePage } from "./tree-page.ts";
