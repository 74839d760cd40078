// What an ablation costs beside its runs: milliseconds a cell that making 1,000 of them takes more than the same runs alone; and how long the report of
// 10,000 cells takes, whose logs are those of real runs.
import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeBigFolder } from "./ablation-folder.ts";
import { measureOverhead } from "./ablation-overhead.ts";
import { median } from "./report.ts";

const goals = { overheadMs: 40, reportSeconds: 10 };
const rounds = Number(process.env["ROUNDS"] ?? 3);

interface Reported {
  readonly cells: number;
  readonly read: number;
  readonly analysed: number;
  readonly written: number;
  readonly megabytes: number;
}

const reporter = fileURLToPath(new URL("./ablation-report.ts", import.meta.url));
/** By the built packages, as users have them: those who read sources compile them in each thread. */
const report = (root: string, out: string): Reported =>
  JSON.parse(execFileSync(process.execPath, [reporter, root, out]).toString());

const rounded = (value: number): number => Number(value.toFixed(2));

const root = await mkdtemp(join(tmpdir(), "aide-bench-ablation-"));
try {
  const { cells, made, alone, more, differences } = await measureOverhead(join(root, "overhead"));
  const big = join(root, "big");
  const { bytes } = await writeBigFolder(big);
  const reports = Array.from({ length: rounds }, () => report(big, join(root, "report")));
  const seconds = reports.map(({ read, analysed, written }) => read + analysed + written);
  for (const [at, one] of reports.entries()) console.log(`report ${at + 1}: ${JSON.stringify(one)}`);
  const middle = (of: (one: Reported) => number): number => rounded(median(reports.map(of)));
  const reportSeconds = rounded(median(seconds));
  console.log(
    JSON.stringify({
      name: "ablation",
      overhead: {
        cells,
        madeMs: rounded(made),
        aloneMs: rounded(alone),
        overheadMs: rounded(more),
        inTurns: differences.map(rounded),
      },
      report: {
        cells: reports[0]?.cells,
        logMegabytes: Math.round(bytes / 1e6),
        reportSeconds,
        readSeconds: middle(({ read }) => read),
        analyseSeconds: middle(({ analysed }) => analysed),
        writeSeconds: middle(({ written }) => written),
        memoryMegabytes: middle(({ megabytes }) => megabytes),
        rounds: seconds.map(rounded),
      },
      goals,
      ok: more <= goals.overheadMs && reportSeconds <= goals.reportSeconds,
    }),
  );
} finally {
  await rm(root, { recursive: true, force: true });
}
