// A process that makes cells as one of `aide cells` does, or the same runs without an ablation: `ablation-cells.ts <root> <which> <of how many>`. Asked
// `cells` or `bare` with the numbers of cells over IPC it answers with the milliseconds that it was at work.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { cellsOf, configOf, makeCells, thawPlan, type Cell } from "@aide-ts/ablation";
import { openTask, rawConfigOf, runTask } from "@aide-ts/run";
import { instantHost } from "./ablation-host.ts";

const [root = "", which = "0", processes = "1"] = process.argv.slice(2);
const { plan, file } = await thawPlan(root, (text) => text);
const all = cellsOf(plan);
const host = instantHost(root);
const quiet = { host, observe: () => undefined, notify: () => undefined, signal: new AbortController().signal };

/** Up to the last cell that it made: waiting for another's last one is no cell's. */
const makeThem = async (cells: readonly Cell[]): Promise<number> => {
  const began = performance.now();
  let ended = began;
  await makeCells(cells, { plan, root, file, ...quiet }, ({ folder }, { ending }) => {
    if (ending.kind !== "finished") throw new Error(`${folder}: ${JSON.stringify(ending)}`);
    ended = performance.now();
  });
  return ended - began;
};

const runThem = async (cells: readonly Cell[]): Promise<number> => {
  const began = performance.now();
  for (const cell of cells) {
    const logs = join(root, "bare", cell.folder);
    const workspace = join(root, "bare-workspaces", cell.folder);
    await mkdir(logs, { recursive: true });
    await mkdir(workspace, { recursive: true });
    const { warnings: _warnings, ...task } = await openTask(
      rawConfigOf(configOf(plan, cell), { kind: "file", path: file }, host),
      host,
    );
    const folders = { name: `seed-${cell.seed}`, logs, workspace };
    const { ran } = await runTask({ ...task, folders, startedAt: Date.now(), ...quiet });
    if (ran.ending.reason !== "steps") throw new Error(`${logs}: ${ran.ending.reason}`);
  }
  return performance.now() - began;
};

process.on("message", (message) => {
  const [kind, ...numbers] = String(message).split(" ");
  const cells = numbers.flatMap((number) => all[Number(number)] ?? []);
  const own = cells.filter((_, at) => at % Number(processes) === Number(which));
  void (kind === "cells" ? makeThem(cells) : runThem(own)).then((ms) => process.send?.(ms));
});
process.send?.("ready");
