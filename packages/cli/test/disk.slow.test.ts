import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { bin, broken, fixtures, freshFolder, good, ownEnv, smallTask } from "./aide.ts";
import { answering, writeLineTask } from "./line-tasks.ts";

/** Runs shell lines in a mount namespace of their own, where `small SIZE` makes ./logs a file system of that size. */
const onSmallDisk = (root: string, lines: readonly string[]) => {
  const script = [
    `aide() { "${process.execPath}" "${bin}" "$@"; }`,
    `small() { mkdir -p logs && mount -t tmpfs -o size=$1 tmpfs logs; }`,
    `grow() { mount -o remount,size=$1 logs; }`,
    ...lines,
  ].join("\n");
  const args = process.getuid?.() === 0 ? ["-m"] : ["-Urm"];
  const { stdout, stderr, status } = spawnSync("unshare", [...args, "bash", "-c", script], { cwd: root, env: ownEnv });
  return { out: String(stdout), err: String(stderr), code: status };
};

const answer = "```python\nprint('nothing')\n```\n";

/** A task whose model answers with 40 kB each time. */
const project = (): string => {
  const root = freshFolder();
  smallTask(root);
  const answers = JSON.stringify([`${"The plan is long. ".repeat(2200)}\n${answer}`]);
  writeFileSync(
    join(root, "aide.config.yaml"),
    `data_dir: ./data\ngoal: Predict y\neval: RMSE\nstrategies: []\nbackend: { use: ${join(fixtures, "scripted-plugin.mjs")}, answers: ${answers} }\n`,
  );
  return root;
};

const canMount = onSmallDisk(freshFolder(), ["small 1m"]).code === 0;
if (!canMount) console.log("skipped: full disks, because this machine lets us make no small file system");

describe.skipIf(!canMount)("a full disk", () => {
  it("is told before a run begins, and nothing is left behind", () => {
    const root = project();
    const { code, err, out } = onSmallDisk(root, [
      "small 8k",
      "head -c 8192 /dev/zero > logs/full 2>/dev/null",
      "aide run; code=$?; rm logs/full; echo left: $(ls -A logs); exit $code",
    ]);
    expect(err).toContain("AIDE_DISK_FULL");
    expect(err).toMatch(/fix\s+Free some space/);
    expect(out).toContain("left:\n");
    expect(existsSync(join(root, "workspaces"))).toBe(false);
    expect(code).toBe(2);
  });

  it("in the middle of a run stops it, and it goes on when there is room", { timeout: 120_000 }, () => {
    const root = project();
    mkdirSync(join(root, "kept"));
    const { code, err, out } = onSmallDisk(root, [
      "small 300k",
      "aide run budget.steps=8; echo first: $?",
      "grow 50m",
      "aide resume; echo second: $?",
      "cp -r logs/* kept/",
    ]);
    expect(err).toContain("AIDE_DISK_FULL");
    expect(err).toMatch(/go on {4}npx aide resume 0-/);
    expect(err).not.toContain("AIDE_INTERNAL");
    expect(out).toContain("first: 2");
    expect(out).toContain("second: 1");
    expect(out).toContain("from log");
    expect(out).toContain("8 solutions");
    const [run = ""] = spawnSync("ls", [join(root, "kept")])
      .stdout.toString()
      .split("\n");
    const events = readFileSync(join(root, "kept", run, "events.jsonl"), "utf8")
      .trimEnd()
      .split("\n");
    const ends = events.map((line) => JSON.parse(line)).filter(({ type }) => type === "effect-ended");
    expect(new Set(ends.map(({ place }) => place)).size).toBe(ends.length);
    expect(code).toBe(0);
  });

  it("in the middle of an ablation stops it, and it goes on when there is room", { timeout: 120_000 }, () => {
    const root = freshFolder();
    writeLineTask(root, "one");
    writeFileSync(
      join(root, "small.yaml"),
      `base: { rehearse: false, strategies: [], budget: { steps: 2 }, evaluators: [held-out] }
tasks: [./one]
seeds: 4
drafts: own
arms: { broken: { ${answering(broken)} }, works: { ${answering(good)} } }
`,
    );
    const { err, out } = onSmallDisk(root, [
      "small 400k",
      "aide ablate small.yaml --out logs/small; echo first: $?",
      "grow 50m",
      "aide ablate small.yaml --out logs/small; echo second: $?",
    ]);
    expect(err).toContain("AIDE_DISK_FULL");
    expect(err).not.toContain("    at ");
    expect(out).toMatch(/first: 2[^]*^works +1\.000 .* 0 of 4 +\d+$[^]*second: 0/m);
  });
});
