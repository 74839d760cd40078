import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { readRun } from "@aide-ts/run";
import { renderTreePage } from "@aide-ts/viz";
import { repository } from "../places.ts";

/** A picture of the documentation, and the page that it is taken of. */
export interface Picture {
  /** Below docs/public. */
  readonly file: string;
  readonly html: string;
  /** Of the window, in CSS pixels. */
  readonly width: number;
  readonly height: number;
}

const treeOf = async (run: string): Promise<string> => {
  const { record, journal } = await readRun(`${repository}docs/results/house-prices/${run}`);
  const { goal, metric, direction } = record.task;
  const task = {
    goal: String(goal),
    metric: String(metric),
    direction: direction === "maximize" ? "maximize" : "minimize",
  } as const;
  return renderTreePage({ name: run, task, solutions: journal.solutions, best: journal.best?.id });
};

/** What is taken of data that are committed, by the code as it is. */
export const pictures = async (): Promise<readonly Picture[]> => [
  { file: "tree.png", html: await treeOf("house-prices/seed-1"), width: 760, height: 880 },
  // A test of its own holds this page to be what its capsule gives.
  {
    file: "report.png",
    html: readFileSync(`${repository}docs/results/ablation-1.5b/report.html`, "utf8"),
    width: 1100,
    height: 1400,
  },
];

/** Where the digests of the pages are kept that the pictures were taken of. */
export const digestsFile = `${repository}docs/screenshots.json`;

export const digestOf = ({ html, width, height }: Picture): string =>
  createHash("sha256").update(`${width}x${height}\n${html}`).digest("hex");
