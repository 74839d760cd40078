import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { seededRandom } from "@aide-ts/core";
import { beforeAll, describe, expect, it } from "vitest";
import { aide, block, broken, good, project, runFolder, start } from "./aide.ts";

const steps = ["search.drafts=3", "budget.steps=6", "slots=2"];
const slow = (latency = 60) =>
  project([block(broken), block(good), block(good.replace("0.5", "0.6")), "no code at all"], {
    backend: { bySeed: true, latency },
  });

/** A journal without what depends on the clock. */
const journalIn = (root: string): unknown => {
  const { nodes, ...rest } = JSON.parse(readFileSync(join(runFolder(root), "journal.json"), "utf8"));
  return { ...rest, nodes: nodes.map(({ ctime: _ctime, exec_time: _time, ...node }: Record<string, unknown>) => node) };
};

describe("a run whose process is killed", { timeout: 300_000 }, () => {
  it("goes on to the journal of one that was not, and can be looked at in between", async () => {
    const whole = slow();
    expect((await aide(["run", ...steps], whole)).code).toBe(0);

    const root = slow();
    const random = seededRandom("kill the command");
    let run = start(["run", ...steps], root);
    await run.says("data     ");
    for (let kill = 0; kill < 3; kill++) {
      await pause(random() * 900);
      run.kill("SIGKILL");
      await run.ended;
      expect((await aide(["show"], root)).err).toBe("");
      expect((await aide(["runs"], root)).out).toMatch(/ (open|ended)$/m);
      run = start(["resume"], root);
    }
    const { code, err } = await run.ended;
    expect(err).toBe("");
    expect(code).toBe(0);
    expect(journalIn(root)).toEqual(journalIn(whole));
    expect(readFileSync(join(runFolder(root), "best_submission.csv"), "utf8")).toBe(
      readFileSync(join(runFolder(whole), "best_submission.csv"), "utf8"),
    );
  });

  it("is refused to a second process while the first one lives", async () => {
    const root = slow(1000);
    const run = start(["run", ...steps], root);
    await run.says("data     ");
    const second = await aide(["resume"], root);
    expect(second.code).toBe(2);
    expect(second.err).toContain("AIDE_RUN_LOCKED");
    expect((await run.ended).code).toBe(0);
    expect((await aide(["resume"], root)).code).toBe(0);
  });

  it("goes on over a torn last line and derived files that were half written", async () => {
    const root = slow();
    expect((await aide(["run", ...steps], root)).code).toBe(0);
    const logs = runFolder(root);
    const before = journalIn(root);
    appendFileSync(join(logs, "events.jsonl"), '{"type":"effect-sta');
    truncateSync(join(logs, "journal.json"), 100);
    writeFileSync(join(logs, "run.json.part"), "{");
    rmSync(join(logs, "tree_plot.html"));
    expect((await aide(["show"], root)).out).toContain("← best");
    expect((await aide(["resume"], root)).code).toBe(0);
    expect(journalIn(root)).toEqual(before);
    expect(existsSync(join(logs, "tree_plot.html"))).toBe(true);
  });
});

describe("a run that is resumed under another setup", { timeout: 300_000 }, () => {
  const spoil = (root: string, prompt: string, text: string): void => {
    const config = join(root, "aide.config.yaml");
    writeFileSync(join(root, "prompt.md"), text);
    writeFileSync(config, `${readFileSync(config, "utf8")}prompts: { ${prompt}: ./prompt.md }\n`);
  };

  it("is refused, and told what differs", async () => {
    const root = project([block(good)]);
    expect((await aide(["run", "budget.steps=1"], root)).code).toBe(0);
    spoil(root, "coder/draft", "Write a script.");
    const { code, err } = await aide(["resume", "--with-config", "budget.steps=2"], root);
    expect(code).toBe(2);
    expect(err).toContain("AIDE_RUN_CHANGED");
    expect(err).toMatch(/prompts\.coder\/draft: [0-9a-f]{8} → [0-9a-f]{8}/);
    expect(err).toContain("aide resume --discard-open");
  });

  it("goes on with the config that it was begun with, and says that the file has changed or is gone", async () => {
    const root = project([block(good)]);
    expect((await aide(["run", "budget.steps=1"], root)).code).toBe(0);
    spoil(root, "coder/draft", "Write a script.");
    const changed = await aide(["resume", "budget.steps=2"], root);
    expect(changed.err).toMatch(/^note .*aide\.config\.yaml has changed since the run was begun.*--with-config/);
    expect(changed.code).toBe(0);
    rmSync(join(root, "aide.config.yaml"));
    const gone = await aide(["resume", "budget.steps=3"], root);
    expect(gone.err).toMatch(/^note .*aide\.config\.yaml is not there any more/);
    expect(gone.code).toBe(0);
    expect((await aide(["resume", "--with-config", "budget.steps=4"], root)).err).toContain("AIDE_CONFIG_NOT_FOUND");
  });

  it("goes on where only open work differs, and keeps what was told", async () => {
    // The only draft is told; the improvement that follows is cut off in mid-call.
    const root = project([block(good)], { backend: { bySeed: true, latency: 1500 } });
    const run = start(["run", "search.drafts=1", "budget.steps=3", "search.debugProbability=0"], root);
    await run.says("step     1/3");
    await pause(300);
    run.kill("SIGKILL");
    await run.ended;
    spoil(root, "coder/improve", "{{code}} {{feedback}}\nMake it better in another way.");
    expect((await aide(["resume", "--with-config"], root)).code).toBe(2);
    const { code, out, err } = await aide(["resume", "--with-config", "--discard-open"], root);
    expect(err).toBe("");
    expect(code).toBe(0);
    expect(out).toContain("from log 1/3");
    const events = readFileSync(join(runFolder(root), "events.jsonl"), "utf8");
    expect(events).toContain('"type":"discarded"');
    expect(events).toContain("Make it better in another way.");
    const record = JSON.parse(readFileSync(join(runFolder(root), "run.json"), "utf8"));
    expect(record.earlier).toHaveLength(1);
    expect(record.earlier[0].differed.join("\n")).toContain("prompts.coder/improve");
    expect((await aide(["resume", "budget.steps=4"], root)).code).toBe(0);
  });

  it("is refused where what was told differs, with the difference", async () => {
    const root = project([block(good)]);
    expect((await aide(["run", "budget.steps=2"], root)).code).toBe(0);
    spoil(root, "coder/draft", "Write a script of another kind.");
    const { code, err } = await aide(["resume", "--with-config", "--discard-open", "budget.steps=3"], root);
    expect(code).toBe(2);
    expect(err).toContain("AIDE_RUN_DIVERGED");
    expect(err).toContain("+Write a script of another kind.");
    expect(readFileSync(join(runFolder(root), "events.jsonl"), "utf8")).not.toContain('"type":"discarded"');
  });
});

describe("aide replay", { timeout: 300_000 }, () => {
  it("follows a run without its model and its data, and finds a changed prompt", async () => {
    const root = project([block(broken), block(good)]);
    expect((await aide(["run", "budget.steps=4", "search.drafts=2"], root)).code).toBe(0);
    rmSync(join(root, "data"), { recursive: true });
    rmSync(join(root, "workspaces"), { recursive: true });
    const whole = await aide(["replay"], root);
    expect(whole.err).toBe("");
    expect(whole.out).toMatch(/4 of 4 proposals end as logged; \d+ model calls and \d+ executions/);
    expect(whole.code).toBe(0);
    const part = await aide(["replay", basename(runFolder(root)), "--until", "2"], root);
    expect(part.out).toContain("2 of 2 proposals end as logged");
    expect((await aide(["replay", "--until", "77"], root)).err).toContain("AIDE_PLACE_UNKNOWN");

    writeFileSync(join(root, "prompt.md"), "{{guidance}}\nWrite something else.\n");
    const config = join(root, "aide.config.yaml");
    writeFileSync(config, `${readFileSync(config, "utf8")}prompts: { coder/draft: ./prompt.md }\n`);
    const recorded = await aide(["replay"], root);
    expect(recorded.err).toContain("has changed since the run was begun");
    expect(recorded.code).toBe(0);
    const changed = await aide(["replay", "--with-config"], root);
    expect(changed.code).toBe(1);
    expect(changed.err).toContain("AIDE_RUN_DIVERGED  At 0-0 ");
    expect(changed.err).toContain("--- in the log\n+++ now\n");
    expect(changed.err).toContain("+Write something else.");
    expect(changed.err).toMatch(/^-Write a first solution/m);
  });
});

describe("aide fork", { timeout: 300_000 }, () => {
  it("goes on from a call with another prompt, as a run of its own that resumes and replays", async () => {
    const root = project([block(broken), block(good)], { backend: { bySeed: true } });
    expect((await aide(["run", "budget.steps=4", "search.drafts=2"], root)).code).toBe(0);
    const shown = await aide(["show", "0", "2-0"], root);
    expect(shown.out).toMatch(/^=== user\n/);
    writeFileSync(
      join(root, "other.md"),
      "=== user\nSolve it in another way.\n=== assistant\nHow?\n=== user\nAs you like.\n",
    );
    const fork = ["fork", "0", "--at", "2-0", "--prompt", "other.md"];
    const { code, err, out } = await aide(fork, root);
    expect(err).toBe("");
    expect(code === 0 || code === 1).toBe(true);
    expect(out).toContain("from log 2/4");
    expect(out).toContain("step     3/4");
    const asked = await aide(["show", "1", "2-0"], root);
    expect(asked.out).toContain("=== user\nSolve it in another way.\n\n=== assistant\nHow?");
    expect((await aide(["resume", "1", "budget.steps=5"], root)).err).toBe("");
    expect((await aide(["replay", "1"], root)).code).toBe(0);
    const record = JSON.parse(readFileSync(join(runFolder(root, 1), "run.json"), "utf8"));
    expect(record.fork).toMatchObject({ at: "2-0", of: `../${basename(runFolder(root))}` });
    expect((await aide(["replay", "0"], root)).code).toBe(0);
  });
});

describe("aide fork of a run of one step", { timeout: 300_000 }, () => {
  let root = "";
  beforeAll(async () => {
    root = project([block(good)]);
    writeFileSync(join(root, "other.md"), "x");
    writeFileSync(join(root, "empty.md"), "\n");
    await aide(["run", "budget.steps=1"], root);
  }, 60_000);

  it.each([
    [["--at", "2-0"], "AIDE_ARGUMENT"],
    [["--prompt", "other.md"], "AIDE_ARGUMENT"],
    [["--at", "99-0", "--prompt", "other.md"], "AIDE_PLACE_UNKNOWN"],
    [["--at", "0-0", "--prompt", "absent.md"], "AIDE_PROMPT_UNREADABLE"],
    [["--at", "0-0", "--prompt", "empty.md"], "AIDE_PROMPT_UNREADABLE"],
    [["--at", "0-0", "--prompt", "other.md", "--wrong"], "AIDE_ARGUMENT"],
  ])("with %j is refused", async (args, code) => {
    const refused = await aide(["fork", "0", ...args], root);
    expect(refused.err).toContain(code);
    expect(refused.code).toBe(2);
    expect(readdirSync(join(root, "logs"))).toHaveLength(1);
  });
});
