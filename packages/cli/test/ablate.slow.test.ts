import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { aide, broken, freshFolder, good, start } from "./aide.ts";
import { answering, writeLineTask } from "./line-tasks.ts";

let root: string;

const writePlan = (more = ""): void =>
  writeFileSync(
    join(root, "small.yaml"),
    `base: { rehearse: false, strategies: [], budget: { steps: 1 }, evaluators: [held-out] }
tasks: [./one, ./two]
seeds: 2
drafts: own
arms:
  broken: { ${answering(broken)} }
  works: { ${answering(good)} }
${more}`,
  );

beforeEach(() => {
  root = freshFolder();
  writeLineTask(root, "one");
  writeLineTask(root, "two");
  writePlan();
});

/** Up to when the plan was frozen. */
const table = (out: string): string =>
  out.slice(out.indexOf("small: 2 arms"), out.indexOf("\nThe plan was frozen on "));

describe("aide ablate", { timeout: 240_000 }, () => {
  it("makes, grades and reports all cells, also after a kill; takes more seeds; gives a capsule that says the same", async () => {
    const made = await aide(["ablate", "small.yaml", "--jobs", "2"], root);
    expect(made.err).toBe("");
    expect(made.code).toBe(0);
    expect(made.out).toMatch(/^broken +0\.000 +0 % +0 % +0 % .* 0 of 4 +0$/m);
    expect(made.out).toMatch(/^works +1\.000 +100 % +100 % +100 % .* 0 of 4 +0$/m);
    expect(made.out).toContain("works − broken. On tasks like these nothing is claimed: 2 tasks are too few");
    expect(made.out).toContain("On these very tasks: 1.000");
    const page = readFileSync(join(root, "ablations", "small", "report.html"), "utf8");
    expect(page).toContain('<a href="cells/one/works/seed-0/tree_plot.html" title="seed 0">1.000</a>');

    const cells = join(root, "killed", "cells");
    const killed = start(["ablate", "small.yaml", "--out", "killed"], root);
    while (begunIn(cells) < 2) await new Promise((resolve) => void setTimeout(resolve, 50));
    killed.kill("SIGKILL");
    await killed.ended;
    expect(begunIn(cells)).toBeLessThan(8);
    const again = await aide(["ablate", "small.yaml", "--out", "killed"], root);
    expect(again.code).toBe(0);
    expect(table(again.out)).toBe(table(made.out));

    writePlan("alpha: 0.01");
    const changed = await aide(["ablate", "small.yaml"], root);
    expect(changed.code).toBe(2);
    expect(changed.err).toContain("alpha is not as it was begun with");
    writePlan();
    const more = await aide(["ablate", "small.yaml", "--add-seeds", "1"], root);
    expect(more.out).toContain("small: 2 arms, 2 tasks, 3 seeds");
    expect(more.out).toMatch(/^works +1\.000 .* 0 of 6 +0$/m);

    const packed = await aide(["capsule", "ablations/small"], root);
    expect(packed.out).toContain("read it  aide report small.tar.zst");
    renameSync(join(root, "ablations"), join(root, "elsewhere"));
    for (const task of ["one", "two"]) rmSync(join(root, task), { recursive: true });
    expect(await aide(["report", "small.tar.zst", "--out", "read"], root)).toMatchObject({ code: 0, err: "" });
    for (const file of ["report.html", "report.json", "report.tex", "cells.csv", "cells.parquet"])
      expect(readFileSync(join(root, "read", file))).toEqual(readFileSync(join(root, "elsewhere", "small", file)));
  });

  it("makes cells where no labels are, and grades them where they are", async () => {
    const [labels, elsewhere] = [join(root, "one", "private"), join(root, "labels")];
    renameSync(labels, elsewhere);
    const made = await aide(["ablate", "small.yaml"], root);
    expect(made.code).toBe(2);
    expect(made.err).toContain("AIDE_ABLATION_UNGRADED");
    renameSync(elsewhere, labels);
    const graded = await aide(["ablate", "small.yaml"], root);
    expect(graded).toMatchObject({ code: 0, err: "" });
    expect(graded.out).toMatch(/^works +1\.000 .* 0 of 4 +0$/m);
  });

  it.each([
    ["a file that is none", (): string[] => ["ablate", "nowhere.yaml"], "AIDE_CONFIG_NOT_FOUND"],
    ["a folder that is none", (): string[] => ["report", "nowhere"], "AIDE_ABLATION_UNREADABLE"],
    ["no number of jobs", (): string[] => ["ablate", "small.yaml", "--jobs", "many"], "many is no whole number"],
    [
      "a launcher that is none",
      (): string[] => ["ablate", "small.yaml", "--launcher", "locl"],
      'did you mean  "local"',
    ],
    [
      "an arm that comes to the settings of another",
      (): string[] => (writePlan(`  same: { slots: 1, ${answering(good)} }\n`), ["ablate", "small.yaml"]),
      'The arm "same" runs with the very settings of "works"',
    ],
    [
      "a budget in which no step fits",
      (): string[] => {
        const file = join(root, "small.yaml");
        writeFileSync(file, readFileSync(file, "utf8").replace("budget: { steps: 1 }", "budget: { tokens: 100 }"));
        return ["ablate", "small.yaml"];
      },
      "AIDE_BUDGET_TOO_SMALL",
    ],
  ])("refuses %s, before anything is made", async (_what, args, message) => {
    const refused = await aide(args(), root);
    expect(refused.err).toContain(message);
    expect(refused.code).toBe(2);
    expect(readdirSync(root).toSorted()).toEqual(["one", "small.yaml", "two"]);
  });

  it("shows what it would make, and makes nothing", async () => {
    const shown = await aide(["ablate", "small.yaml", "--dry-run"], root);
    expect(shown.out).toContain("small: 2 arms × 2 tasks × 2 seeds = 8 cells");
    expect(shown.out).toContain("2 tasks are too few");
    expect((await aide(["power", "small.yaml"], root)).out).toContain("6 are the fewest for 1 contrast");
    expect(readdirSync(root).toSorted()).toEqual(["one", "small.yaml", "two"]);
  });
});

const begunIn = (cells: string): number =>
  existsSync(cells)
    ? readdirSync(cells, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith("events.jsonl")).length
    : 0;
