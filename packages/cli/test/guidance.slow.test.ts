import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { aide, block, good, project, runFolder, start } from "./aide.ts";

const eventsOf = (root: string): string => readFileSync(join(runFolder(root), "events.jsonl"), "utf8");

describe("aide hint", { timeout: 200_000 }, () => {
  it("reaches the next proposals of a run that works, is logged and replayed, and can be taken back", async () => {
    const root = project([block(good)], { backend: { bySeed: true, latency: 700 } });
    const run = start(["run", "budget.steps=5"], root);
    await run.says("step     1/5");
    expect((await aide(["hint", "0", "try log target"], root)).out).toBe("hint 1   try log target\n");
    expect((await run.ended).code).toBe(0);
    const asked = eventsOf(root)
      .split("\n")
      .filter((line) => line.includes('"type":"asked"'));
    expect(asked.map((line) => line.includes("try log target"))).toEqual(
      asked.map((_, at) => at >= asked.findIndex((line) => line.includes("try log target"))),
    );
    expect(asked.at(-1)).toContain("try log target");
    expect(asked[0]).not.toContain("try log target");
    expect((await aide(["show", "0", "4-0"], root)).out).toContain("## A hint\ntry log target");
    expect((await aide(["hint", "0", "--clear"], root)).out).toBe("No hints.\n");
    expect((await aide(["resume", "budget.steps=6"], root)).code).toBe(0);
    expect((await aide(["show", "0", "5-0"], root)).out).not.toContain("try log target");
    expect((await aide(["replay"], root)).code).toBe(0);
  });

  it("is refused where it names no run or no hint", async () => {
    const root = project([block(good)]);
    expect((await aide(["run", "budget.steps=1"], root)).code).toBe(0);
    for (const [args, code] of [
      [[], "AIDE_ARGUMENT"],
      [["7", "x"], "AIDE_RUN_NOT_FOUND"],
      [["0", "x".repeat(3000)], "AIDE_ARGUMENT"],
    ] as const) {
      const refused = await aide(["hint", ...args], root);
      expect(refused.err).toContain(code);
      expect(refused.code).toBe(2);
    }
  });
});

describe("aide run --from", { timeout: 200_000 }, () => {
  it("tells the user's own script as the first draft, and improves it", async () => {
    const root = project([block(good)]);
    writeFileSync(join(root, "mine.py"), `# my own\n${good}`);
    const { code, err, out } = await aide(["run", "--from", "mine.py", "budget.steps=2", "search.drafts=1"], root);
    expect(err).toBe("");
    expect(code).toBe(0);
    expect(out).toMatch(/step {5}1\/2 draft .*The user's own script\./);
    const { nodes } = JSON.parse(readFileSync(join(runFolder(root), "journal.json"), "utf8"));
    expect(nodes[0].code).toContain("# my own");
    expect((await aide(["show", "0", "1-0"], root)).out).toContain("# my own");
    writeFileSync(join(root, "mine.py"), "changed meanwhile");
    expect((await aide(["resume", "budget.steps=3"], root)).code).toBe(0);
    expect((await aide(["replay"], root)).code).toBe(0);
  });

  it.each([
    [["--from", "absent.py"], "AIDE_SCRIPT_UNREADABLE"],
    [["--from", "empty.py"], "AIDE_SCRIPT_UNREADABLE"],
    [["--from"], "AIDE_ARGUMENT"],
  ])("with %j is refused before anything is made", async (args, code) => {
    const root = project([block(good)]);
    writeFileSync(join(root, "empty.py"), "\n");
    const refused = await aide(["run", ...args], root);
    expect(refused.err).toContain(code);
    expect(refused.code).toBe(2);
    expect(readdirSync(root)).not.toContain("logs");
  });
});
