import { existsSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { aide, block, broken, fixtures, good, project, runFolder, start } from "./aide.ts";

/** As models write them. */
const withLibraries = `
import pandas as pd
from sklearn.linear_model import LinearRegression
train, test = pd.read_csv("./input/train.csv"), pd.read_csv("./input/test.csv")
model = LinearRegression().fit(train[["x"]], train["y"])
pd.DataFrame({"id": test["id"], "y": model.predict(test[["x"]])}).to_csv("./submission/submission.csv", index=False)
print("validation score: 0.5")
`;
const withoutImport = withLibraries.replace("from sklearn.linear_model import LinearRegression\n", "");
const read = (root: string, file: string): string => readFileSync(join(runFolder(root), file), "utf8");

describe("a run from the command line", () => {
  it("scores, keeps what people open, and refits on all rows", { timeout: 180_000 }, async () => {
    const root = project([block(broken), block(withoutImport), block(withLibraries)]);
    const { code, out, err } = await aide(["run", "budget.steps=3", "search.drafts=2"], root);
    expect(err).toBe("");
    expect(code).toBe(0);
    expect(out).toContain("metric   rmse, lower is better (the evaluation text says so)");
    expect(out).toContain("target   y");
    expect(out).toContain("held     22 of 120 labelled rows");
    expect(out).toContain("best_solution.py");
    expect(out).toMatch(/go on {8}npx aide resume /);
    expect(read(root, "best_submission.csv").trimEnd().split("\n")).toHaveLength(21);
    expect(read(root, "best_solution.py")).toContain("LinearRegression");
    const journal = JSON.parse(read(root, "journal.json"));
    expect(journal.__version).toBe("2");
    expect(journal.nodes.map((node: { is_buggy: boolean }) => node.is_buggy)).toEqual([true, false, false]);
    expect(read(root, "report.md")).toContain("imports repaired in 1");
    expect(read(root, "tree_plot.html")).toContain("<svg");
    const events = read(root, "events.jsonl");
    expect(events).not.toContain(process.env["HOME"] ?? "/root");

    const shown = await aide(["show"], root);
    expect(shown.out).toContain("← best");
    expect((await aide(["runs"], root)).out).toContain("3 solutions");

    const more = await aide(["resume", "budget.steps=4"], root);
    expect(more.code).toBe(0);
    expect(more.out).toContain("from log");
    expect(JSON.parse(read(root, "journal.json")).nodes).toHaveLength(4);

    expect((await aide(["clean"], root)).out).toContain("removed the workspace");
  });

  it("lets scripts of several slots share the cores", { timeout: 120_000 }, async () => {
    const root = project([block(`import os\nprint("threads", os.environ["OMP_NUM_THREADS"])\n${good}`)]);
    const { code } = await aide(["run", "budget.steps=2", "slots=2", "refit=false"], root);
    expect(code).toBe(0);
    expect(read(root, "events.jsonl")).toContain(`threads ${Math.max(1, Math.floor(availableParallelism() / 2))}`);
  });

  it("says how to go on where it is stopped in its final run", { timeout: 120_000 }, async () => {
    const slow = "import time\nif len(open('input/train.csv').readlines()) > 110: time.sleep(90)\n";
    const root = project([block(slow + good)], { keys: "strategies: []\n" });
    const started = start(["run", "budget.steps=1"], root);
    await started.says("final    the best script runs once more");
    started.kill("SIGINT");
    const { code, err } = await started.ended;
    expect(err).toMatch(/^Stopped before the end\. Go on with: npx aide resume \S+\n$/);
    expect(code).toBe(130);
  });

  it("ends in 130 however late the second signal of a keystroke comes", { timeout: 120_000 }, async () => {
    const root = project([block("import time; time.sleep(90)")], { keys: "strategies: []\n" });
    const started = start(["run", "budget.steps=1"], root);
    await started.says("held     22 of 120");
    const repeated = setInterval(() => started.kill("SIGINT"), 1);
    const { code } = await started.ended;
    clearInterval(repeated);
    expect(code).toBe(130);
  });

  it("whose solutions are all bad ends with exit code 1 and says so", { timeout: 60_000 }, async () => {
    const root = project(["I cannot do that.", ""]);
    const { code, out } = await aide(["run", "budget.steps=2"], root);
    expect(code).toBe(1);
    expect(out).toContain("No solution is valid yet: no code");
    expect(existsSync(join(runFolder(root), "journal.json"))).toBe(true);
  });

  it(
    "says so, in the run and in its report, where a judge is another model than the coder",
    { timeout: 60_000 },
    async () => {
      const judge = JSON.stringify({ use: join(fixtures, "scripted-plugin.mjs"), answers: ["fine"], model: "judge" });
      const root = project([block(good)], {
        keys: `backends: { review: ${judge}, critic: ${judge.replace(',"model":"judge"', "")} }\n`,
      });
      const { out } = await aide(["run", "budget.steps=1"], root);
      expect(out).toContain("model    judge answers as review, scripted writes the code");
      expect(out).not.toContain("answers as critic");
      const report = read(root, "report.md");
      expect(report).toContain(
        "- model as code: scripted\n- model as review: judge (another than the coder's)\n- model as critic: scripted\n",
      );
    },
  );

  it("tells what each role used, what it cost, and which limit ended it", { timeout: 60_000 }, async () => {
    const keys =
      "prices: { scripted: { prompt: 2, answer: 10 } }\nbudget: { steps: 9, tokens: { roles: { code: 2000 } }, cost: 1 }\n";
    const root = project([block(good)], { keys });
    const { code, out } = await aide(["run", "sampling.maxTokens=500"], root);
    expect(code).toBe(0);
    expect(out).toContain("The budget of tokens of the code role is used up.");
    const report = read(root, "report.md");
    const calls = [...report.matchAll(/^\| code \| \w+ \| (\d+) \| \d+ \| 0 \|/gm)].reduce(
      (sum, [, count]) => sum + Number(count),
      0,
    );
    expect(calls).toBeGreaterThan(0);
    expect(report).toContain(
      `- cost: ${Number(((calls * (100 * 2 + 10 * 10)) / 1e6).toPrecision(4))}, by the prices of the config`,
    );
    expect(report).toContain(
      "- budget of tokens of the code role: used up, with 0 calls of at most 0 tokens in flight",
    );
    const again = await aide(["resume"], root);
    expect(again.out).toContain("The budget of tokens of the code role is used up.");
    expect((await aide(["resume", "budget.tokens.roles.code=100_000"], root)).out).toContain("All 9 steps are done.");
  });
});
