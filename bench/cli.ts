import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { median, report } from "./report.ts";

/** `aide --help`, built and installed as npm would, beside a Node that does nothing. */
const rounds = Number(process.env["ROUNDS"] ?? 15);
const goal = 2.5;

const source = fileURLToPath(new URL("../packages/cli/", import.meta.url));
const root = mkdtempSync(join(tmpdir(), "aide-bench-"));
const installed = join(root, "node_modules", "@aide-ts", "cli");
for (const name of ["bin", "dist", "src", "package.json"])
  cpSync(join(source, name), join(installed, name), { recursive: true });

const time = (args: readonly string[]): number => {
  const began = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: root });
  if (status !== 0) throw new Error(String(stderr));
  return performance.now() - began;
};

const contestants = { ours: [join(installed, "bin", "aide.mjs"), "--help"], beside: ["-e", "0"] } as const;
const times = { ours: [] as number[], beside: [] as number[] };
for (let round = 0; round <= rounds; round++)
  for (const who of round % 2 === 0 ? (["ours", "beside"] as const) : (["beside", "ours"] as const)) {
    const milliseconds = time(contestants[who]);
    // The first round fills the caches of the file system.
    if (round > 0) times[who].push(milliseconds);
  }
report({
  name: "cli-help",
  ours: median(times.ours),
  beside: median(times.beside),
  goal: goal,
  rounds: rounds,
  unit: "ms",
});
