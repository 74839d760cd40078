import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import type { Analysis } from "../analysis/analyse.ts";
import type { CellOutcome } from "../outcomes/read-outcome.ts";
import type { Plan } from "../plan/plan.ts";
import { cellsAsCsv, cellsAsParquet } from "./cell-table.ts";
import type { Frozen } from "./provenance.ts";
import { renderLatex } from "./latex.ts";
import { renderPage } from "./page.ts";

/**
 * Writes an ablation's report into a folder: `report.html`, `report.json` (the analysis), `cells.csv`, `cells.parquet`, `report.tex`.
 * @returns the page's path
 */
export const writeReport = async (
  root: string,
  plan: Plan,
  analysis: Analysis,
  outcomes: readonly CellOutcome[],
  frozen: Frozen,
): Promise<string> => {
  await mkdir(root, { recursive: true });
  const page = join(root, "report.html");
  const files: readonly (readonly [string, string | Uint8Array])[] = [
    [page, renderPage(plan, analysis, outcomes, frozen)],
    [join(root, "report.json"), `${JSON.stringify(analysis, null, 1)}\n`],
    [join(root, "cells.csv"), cellsAsCsv(plan, analysis, outcomes)],
    [join(root, "cells.parquet"), cellsAsParquet(plan, analysis, outcomes)],
    [join(root, "report.tex"), renderLatex(plan, analysis)],
  ];
  for (const [path, content] of files)
    await writeFileAtomic(path, typeof content === "string" ? content : Buffer.from(content));
  return page;
};
