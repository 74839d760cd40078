import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { median, report } from "./report.ts";

/** The engine without a model and without Python beside AIDE 0.2.2 with its `query` and its interpreter replaced. */
const roundCount = Number(process.env["ROUNDS"] ?? 5);
const stepCount = 10_000;
const stepGoalMs = 1;
const resumeGoalSeconds = 3;
/** Step 10,000 beside the first ones, and memory beside the journal that it holds. */
const flatGoal = 1.2;
const memoryGoal = 1.5;

interface Measured {
  readonly seconds: number;
  readonly heap: number;
  readonly journal: number;
  readonly asked: number;
  readonly first100: number;
  readonly from200to500: number;
  readonly last1000: number;
}

const here = fileURLToPath(new URL("./", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "aide-bench-"));
const run = (file: string, steps: number): Measured =>
  JSON.parse(
    execFileSync(process.execPath, [
      "--expose-gc",
      "--conditions=@aide-ts/source",
      join(here, "engine-run.ts"),
      join(folder, file),
      String(steps),
    ]).toString(),
  );

const python =
  execFileSync("bash", [join(here, "../tools/aideml/install.sh")])
    .toString()
    .trim()
    .split("\n")
    .at(-1) ?? "";
const aideml = (): Pick<Measured, "first100" | "from200to500"> =>
  JSON.parse(
    execFileSync(python, [join(here, "../tools/aideml/bench_steps.py"), "500"], {
      stdio: ["ignore", "pipe", "ignore"],
    }).toString(),
  );

console.log(
  "round   aideml first 100   200–500   ours first 100   200–500   last 1,000 (ms a step)   10,000 steps   resumed (s)",
);
const rounds: {
  readonly theirs: Pick<Measured, "first100" | "from200to500">;
  readonly short: Measured;
  readonly whole: Measured;
  readonly resumed: Measured;
}[] = [];
for (let round = 0; round < roundCount; round++) {
  const theirs = aideml();
  const short = run(`short-${round}.jsonl`, 1000);
  const whole = run(`whole-${round}.jsonl`, stepCount);
  const resumed = run(`whole-${round}.jsonl`, stepCount);
  if (resumed.asked !== 0) throw new Error(`A resumed run asked ${resumed.asked} calls again.`);
  rounds.push({ theirs, short, whole, resumed });
  const shown = [
    theirs.first100,
    theirs.from200to500,
    whole.first100,
    whole.from200to500,
    whole.last1000,
    whole.seconds,
    resumed.seconds,
  ];
  console.log(`${round + 1}   ${shown.map((value) => value.toFixed(2).padStart(10)).join("   ")}`);
}
rmSync(folder, { recursive: true });

const middle = (pick: (round: (typeof rounds)[number]) => number): number => median(rounds.map(pick));
const ms = { rounds: roundCount, unit: "ms a step" };
const early = { ours: middle(({ whole }) => whole.first100), beside: middle(({ theirs }) => theirs.first100) };
const later = { ours: middle(({ whole }) => whole.from200to500), beside: middle(({ theirs }) => theirs.from200to500) };
const last = middle(({ whole }) => whole.last1000);
report({ name: "engine-first-100", ...early, goal: stepGoalMs / early.beside, ...ms });
report({ name: "engine-200-to-500", ...later, goal: stepGoalMs / later.beside, ...ms });
report({ name: "engine-flat", ours: last, beside: later.ours, goal: flatGoal, ...ms });
const whole = middle(({ whole: { seconds } }) => seconds);
report({
  name: "engine-resume",
  ours: middle(({ resumed }) => resumed.seconds),
  beside: whole,
  goal: resumeGoalSeconds / whole,
  rounds: roundCount,
  unit: "s",
});
report({
  name: "engine-memory",
  ours: middle(({ short, whole: { heap } }) => (heap - short.heap) / 1e6),
  beside: middle(({ short, whole: { journal } }) => (journal - short.journal) / 1e6),
  goal: memoryGoal,
  rounds: roundCount,
  unit: "MB",
});
