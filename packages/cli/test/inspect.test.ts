import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { aide, block, freshFolder, good, smallTask } from "./aide.ts";
import { backendOf, folder, lines } from "./data-task.ts";

describe("aide inspect", { timeout: 60_000 }, () => {
  const root = folder({
    "a.txt": lines("id;größe;preis", (at) => `${at};${at % 9},5;${at * 3},25`),
    "b.txt": lines("id;größe", (at) => `${at + 100};${at % 9},5`, 20),
    "c.txt": lines("id;preis", (at) => `${at + 100};0`, 20),
  });

  it("shows what a run would find, without a run", async () => {
    const { code, out, err } = await aide(["inspect", "data", "goal=Predict the price", "eval=MAE"], root);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/data {5}a\.txt {2}train {8}it holds preis.*pd\.read_csv\("a\.txt", sep=";", decimal=","\)/);
    expect(out).toMatch(/data {5}b\.txt {2}test/);
    expect(out).toMatch(/data {5}c\.txt {2}sample/);
    expect(out).toContain("target   preis (the sample submission asks for it), id id");
    expect(out).toContain("metric   mae, lower is better");
    expect(out).toContain("held     12 of 60 labelled rows");
    expect(out).toMatch(/größe {2}number {4}0\.5 to 8\.5/);
    expect(existsSync(join(root, "logs"))).toBe(false);
  });

  it("gives it as data", async () => {
    const { out } = await aide(["inspect", "data", "goal=Predict the price", "--json"], root);
    expect(JSON.parse(out)).toMatchObject({
      files: [
        { path: "a.txt", role: "train", rows: 60, read: 'pd.read_csv("a.txt", sep=";", decimal=",")' },
        { path: "b.txt", role: "test" },
        { path: "c.txt", role: "sample" },
      ],
      targets: ["preis"],
      id: { train: ["id"], test: ["id"], sample: ["id"] },
      metric: { name: "rmse", direction: "minimize" },
      types: { id: "integer", größe: "number", preis: "number" },
      split: { by: "random", labelled: 60, held: 12 },
      warnings: [],
    });
  });

  it("asks where nothing tells the target, and takes what the config gives", async () => {
    const alone = folder({ "homes.csv": lines("area,rooms,sold", (at) => `${at % 17},${at % 5},${at * 2}`) });
    const asked = await aide(["inspect", "data", "goal=do it"], alone);
    expect(asked.code).toBe(2);
    expect(asked.err).toContain("AIDE_TARGET_UNCLEAR  Nothing tells which column of homes.csv is to be predicted");
    expect(asked.err).toContain("It has area, rooms, sold.");
    const given = await aide(["inspect", "data", "goal=do it", "target=sold", "roles.train=homes.csv"], alone);
    expect(given.out).toContain("target   sold (the config names it)");
  });

  it("says that a folder is not there before it asks for a goal", async () => {
    expect((await aide(["data_dir=nope"], root)).err).toContain("AIDE_DATA_MISSING  There is no folder nope.");
  });
});

describe("a rehearsal", { timeout: 120_000 }, () => {
  it("refuses what no script could do, before a model is asked", async () => {
    const root = folder({
      "train.csv": lines("id,x,y", (at) => `${at},${at % 3},${-at * 2 - 40}`),
      "test.csv": lines("id,x", (at) => `${at + 100},1`, 10),
    });
    const { code, err } = await aide(
      ["run", "data_dir=data", "goal=Predict y", "eval=RMSLE", backendOf([block(good)]), "agent.steps=1"],
      root,
    );
    expect(code).toBe(2);
    expect(err).toContain("AIDE_REHEARSAL_FAILED");
    expect(err).toContain("no finite rmsle");
    expect(existsSync(join(root, "logs"))).toBe(false);
  });
});

describe("a metric of one's own", { timeout: 120_000 }, () => {
  const metric = `import numpy as np
direction = "minimize"
def score(truth, submission):
    assert list(truth["id"]) == list(submission["id"])
    return float(np.mean(np.abs(truth["y"] - submission["y"]) ** 3))
`;

  it("scores the rows held back, beside the best constant", async () => {
    const root = freshFolder();
    smallTask(root);
    writeFileSync(join(root, "cubic.py"), metric);
    const { code, out, err } = await aide(
      ["run", "data_dir=data", "goal=Predict y", "metric=./cubic.py", backendOf([block(good)]), "agent.steps=1"],
      root,
    );
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/metric {3}cubic\.py, lower is better \(the function score of cubic\.py, \w+\)/);
    expect(out).toMatch(/cubic\.py .* on rows it has not seen\. Lower is better; a constant scores [\d.]+\./);
  });

  it("is refused where it lacks what it must have", async () => {
    const root = freshFolder();
    smallTask(root);
    writeFileSync(join(root, "metric.py"), "def score(truth, submission):\n    return 1\n");
    const { code, err } = await aide(["inspect", "data", "goal=Predict y", "metric=metric.py"], root);
    expect(code).toBe(2);
    expect(err).toContain("AIDE_METRIC_FILE");
    expect(err).toContain("its direction is None");
  });
});

describe("what a run prints", { timeout: 120_000 }, () => {
  it("holds from any folder where the logs lie elsewhere, and says why a solution was refused", async () => {
    const root = freshFolder();
    smallTask(root);
    const logs = join(root, "far away", "logs");
    const wrong = good.replace('row["id"],', 'int(row["id"]) + 1,');
    const { code, out } = await aide(
      [
        "run",
        "data_dir=data",
        "goal=Predict y",
        "eval=RMSE",
        backendOf([block(wrong)]),
        "agent.steps=1",
        `log_dir=${logs}`,
        "rehearse=false",
      ],
      root,
    );
    expect(code).toBe(1);
    expect(out).toMatch(/1\/1 draft {3}bad submission: \d+ ids? missing/);
    expect(out).toMatch(/No solution is valid yet: bad submission: \d+ ids? missing\./);
    const [, command = ""] = /look at it {3}npx aide (.*)/.exec(out) ?? [];
    const [, path = ""] = /show "?(.*?)"?$/.exec(command) ?? [];
    const shown = await aide(["show", path], freshFolder());
    expect(shown.code).toBe(0);
    expect(readFileSync(join(path, "report.md"), "utf8")).toContain("bad submission");
  });
});
