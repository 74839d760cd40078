import { chmodSync, mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { referencesFolder, runReferences } from "../../src/index.ts";
import { madeUpTable, writeTask } from "./made-up-task.ts";
import { findScriptsPython, variables } from "../../../../tools/vitest/scripts-python.ts";
import { failuresIn, gradedReferences, pipelinesIn } from "./submissions.ts";

const root = mkdtempSync(join(tmpdir(), "aide-references-"));
const amounts = writeTask(
  root,
  "amounts",
  {
    ...madeUpTable("amounts", { rows: 160, asTarget: (signal) => signal.toFixed(2) }),
    trainRows: 120,
    sample: { y: "0" },
  },
  { kind: "regression", metric: "RMSE" },
);

const python = await findScriptsPython();
const run = async (
  out: string,
  more: Partial<Parameters<typeof runReferences>[0]> = {},
): Promise<readonly string[]> => {
  const lines: string[] = [];
  await runReferences({
    python,
    tasks: [amounts],
    out,
    jobs: 1,
    pipelines: "^(ridge-.*=30|knn-onehot-.*=5-weights=uniform)$",
    variables,
    signal: AbortSignal.timeout(100_000),
    onLine: (line) => lines.push(line),
    ...more,
  });
  return lines;
};

const out = join(root, "out");
const folder = referencesFolder(out, amounts);
let lines: readonly string[] = [];
beforeAll(async () => {
  lines = await run(out);
}, 100_000);

describe("reference pipelines", { timeout: 120_000 }, () => {
  it("leave valid submissions, better than the best constant", async () => {
    const graded = await gradedReferences(amounts, folder);
    expect(graded.failed).toEqual([]);
    expect(graded.rows.map(({ name }) => name)).toHaveLength(pipelinesIn(folder).length + 1);
    expect(graded.rows.at(-1)?.name).toBe("trivial");
    expect(graded.open.length).toBeGreaterThan(100);
    expect(lines.at(-1)).toMatch(/^6 pipelines in .* 0 failed$/);
  });

  it("are not run again where their submissions lie", async () => {
    const before = pipelinesIn(folder).map((name) => statSync(join(folder, `${name}.csv.gz`)).mtimeMs);
    expect((await run(out))[0]).toBe("6 pipelines, 6 done before");
    expect(pipelinesIn(folder).map((name) => statSync(join(folder, `${name}.csv.gz`)).mtimeMs)).toEqual(before);
  });

  it("write the same bytes in another folder, in two parts that together are all", async () => {
    const other = join(root, "other");
    const numbered = /^\[\d+\/\d+\] \S+ (\S+)/;
    const done: string[] = [];
    for (const part of [1, 2])
      done.push(...(await run(other, { part: [part, 2], jobs: 2 })).flatMap((line) => numbered.exec(line)?.[1] ?? []));
    expect(done.toSorted()).toEqual(pipelinesIn(folder));
    for (const name of pipelinesIn(folder))
      expect(
        readFileSync(join(referencesFolder(other, amounts), `${name}.csv.gz`)).equals(
          readFileSync(join(folder, `${name}.csv.gz`)),
        ),
        name,
      ).toBe(true);
  });
});

describe("a pipeline that fails", { timeout: 120_000 }, () => {
  it("says why, is not tried again unless that is asked for, and leaves the others be", async () => {
    const broken = writeTask(
      root,
      "broken",
      { ...madeUpTable("broken", { rows: 40, asTarget: () => "1" }), trainRows: 30, sample: { y: "0" } },
      { kind: "regression", metric: "rmse" },
    );
    const tasks = [broken, amounts];
    await run(out, { tasks });
    const failed = referencesFolder(out, broken);
    expect(failuresIn(failed)).toHaveLength(6);
    expect(failuresIn(failed)[0]).toContain("The target is the same in all training rows.");
    expect((await run(out, { tasks }))[0]).toBe("12 pipelines, 12 done before");
    expect((await run(out, { tasks, retry: true }))[0]).toBe("12 pipelines, 6 done before");
    const graded = await gradedReferences(broken, failed);
    expect(graded.rows).toEqual([]);
    expect(graded.failed).toHaveLength(6);
  });

  it("is ended when it takes too long", async () => {
    const late = join(root, "late");
    await run(late, { seconds: 0.05, pipelines: "^ols-onehot$" });
    expect(failuresIn(referencesFolder(late, amounts))).toEqual([
      "ols-onehot.failed.json: It took longer than 0.05 s.",
    ]);
  });

  it("needs a package that this Python may lack", async () => {
    const without = join(root, "without");
    await run(without, { pipelines: "^flaml-60$" });
    expect(failuresIn(referencesFolder(without, amounts))[0]).toMatch(
      /This Python has no flaml.*requirements-flaml.txt/,
    );
  });
});

describe("the program", { timeout: 120_000 }, () => {
  it("is given nothing of the labels", async () => {
    const [heard, fake] = [join(root, "heard"), join(root, "fake-python")];
    writeFileSync(fake, `#!/bin/sh\n{ cat; echo "$@"; env; } > ${heard}\n`);
    chmodSync(fake, 0o755);
    await run(out, { python: fake, variables: { PATH: variables["PATH"] ?? "" } });
    const text = readFileSync(heard, "utf8");
    expect(text).toContain(amounts.publicFolder);
    expect(text).not.toContain(amounts.privateFolder);
    expect(text).not.toMatch(/private|answers|training-labels/);
  });

  it("says what is wrong with it", async () => {
    await expect(run(out, { python: join(root, "no-python") })).rejects.toMatchObject({ code: "AIDE_REFERENCES" });
    await expect(run(out, { pipelines: "(" })).rejects.toMatchObject({ code: "AIDE_REFERENCES" });
  });

  it("ends with the signal's reason", async () => {
    const stop = new AbortController();
    const stopped = run(join(root, "stopped"), {
      pipelines: "",
      signal: stop.signal,
      onLine: () => stop.abort(new Error("enough")),
    });
    await expect(stopped).rejects.toThrow("enough");
  });
});
