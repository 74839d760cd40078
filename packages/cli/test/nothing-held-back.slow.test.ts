import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { aide, bin, block, ownEnv } from "./aide.ts";
import { backendOf, folder, lines } from "./data-task.ts";

/** Runs the command on a terminal of its own, where this is typed. */
const onTerminal = (args: readonly string[], cwd: string, typed: string) => {
  const terminal = "import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))";
  return spawnSync("python3", ["-c", terminal, process.execPath, bin, ...args], {
    cwd,
    env: ownEnv,
    input: typed,
    encoding: "utf8",
  });
};

describe("a task of which no row can be held back", { timeout: 120_000 }, () => {
  const files = {
    "train.csv": lines("id,x,y", (at) => `${at},${at % 3},${at * 2}`, 8),
    "test.csv": lines("id,x", (at) => `${at + 50},1`, 4),
  };
  const script = `import pandas as pd\ntest = pd.read_csv("./input/test.csv")\npd.DataFrame({"id": test["id"], "y": 1.0}).to_csv("./submission/submission.csv", index=False)\n`;

  it("is refused in one line, before a model is asked", async () => {
    const { code, err } = await aide(
      ["run", "data_dir=data", "goal=Predict y", backendOf([block(script)]), "agent.steps=1"],
      folder(files),
    );
    expect(code).toBe(2);
    expect(err).toContain("AIDE_NOTHING_HELD_BACK  8 labelled rows are too few");
    expect(err).toContain("--yes");
  });

  it.each([
    ["y", 1, "No solution is valid yet"],
    ["n", 2, "AIDE_NOTHING_HELD_BACK"],
  ])("is asked about on a terminal: %s", (answer, code, told) => {
    const args = ["run", "data_dir=data", "goal=Predict y", backendOf([block(script)]), "agent.steps=1"];
    const { status, stdout } = onTerminal(args, folder(files), `${answer}\n`);
    expect(stdout).toContain("Go on with the score that scripts print of themselves? [y/N]");
    expect(stdout).toContain(told);
    expect(status).toBe(code);
  });

  it("goes on with --yes, and a submission that lies there is never denied", async () => {
    const { out } = await aide(
      [
        "run",
        "data_dir=data",
        "goal=Predict y",
        backendOf([block(script), block(`${script}print("validation score: 0.5")`)]),
        "agent.steps=2",
        'evaluators=["held-out","reported"]',
        "--yes",
      ],
      folder(files),
    );
    expect(out).toContain("held     none of 8 labelled rows: scores are what scripts print of themselves");
    expect(out).toMatch(/1\/2 draft {3}no score/);
    expect(out).toMatch(/2\/2 \w+ +0\.5/);
    expect(out).not.toContain("wrote no ./submission");
  });
});
