import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mleBenchCompetitions, mleBenchDataRoot, mleBenchIds, mleBenchTask } from "../../src/index.ts";

const rootWith = (files: Readonly<Record<string, string>>): string => {
  const root = mkdtempSync(join(tmpdir(), "aide-mlebench-"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, path, ".."), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
};

const spooky = "spooky-author-identification";
const prepared = {
  [`${spooky}/prepared/public/description.md`]: "# Spooky",
  [`${spooky}/prepared/private/test.csv`]: "id",
};

describe("a task of MLE-bench", () => {
  it("is its prepared folder", async () => {
    const root = rootWith(prepared);
    await expect(mleBenchTask(spooky, root)).resolves.toEqual({
      id: spooky,
      dataFolder: join(root, spooky, "prepared/public"),
      description: join(root, spooky, "prepared/public/description.md"),
      privateFolder: join(root, spooky, "prepared/private"),
    });
  });

  it("may have its answers elsewhere while it runs", async () => {
    const root = rootWith({ "own-task/prepared/public/description.md": "# Mine" });
    await expect(mleBenchTask("own-task", root)).resolves.toMatchObject({ id: "own-task" });
  });

  it("may lie behind a link", async () => {
    const root = rootWith({});
    symlinkSync(join(rootWith(prepared), spooky), join(root, spooky));
    await expect(mleBenchTask(spooky, root)).resolves.toMatchObject({ id: spooky });
  });

  it("needs a root", async () => {
    await expect(mleBenchTask(spooky, join(rootWith({}), "nowhere"))).rejects.toMatchObject({
      code: "AIDE_MLEBENCH_ROOT",
      fix: expect.stringContaining(`mlebench prepare -c ${spooky}`),
    });
  });

  it.each([
    ["spooky-author-identifcation", `did you mean "${spooky}"?`],
    ["leaf-clasification", `did you mean "leaf-classification"?`],
    ["qqqqqqqqqq", `There is no competition "qqqqqqqqqq".`],
    ["..", `There is no competition "..".`],
    ["", `There is no competition "".`],
  ])("is not %s", async (id, words) => {
    await expect(mleBenchTask(id, rootWith(prepared))).rejects.toMatchObject({
      code: "AIDE_MLEBENCH_UNKNOWN",
      message: expect.stringContaining(words),
    });
  });

  it("prefers a name that lies there to one that could", async () => {
    const root = rootWith({ "leaf-classifications/prepared/public/description.md": "#" });
    await expect(mleBenchTask("leaf-classificatio", root)).rejects.toMatchObject({
      message: expect.stringContaining(`"leaf-classifications"`),
    });
  });

  it.each([
    ["not downloaded", { "other/prepared/public/description.md": "" }],
    ["downloaded alone", { [`${spooky}/${spooky}.zip`]: "", [`${spooky}/raw/train.csv`]: "" }],
    ["prepared by half", { [`${spooky}/prepared/public/train.csv`]: "" }],
    ["prepared by half, with other files beside", { [`${spooky}/prepared/x`]: "", [`${spooky}/train.csv`]: "" }],
  ])("has to be prepared: %s", async (_, files) => {
    await expect(mleBenchTask(spooky, rootWith(files))).rejects.toMatchObject({
      code: "AIDE_MLEBENCH_NOT_PREPARED",
      message: expect.stringContaining("has not been prepared"),
      fix: `mlebench prepare -c ${spooky}`,
    });
  });

  it.each([["train.csv"], ["train.csv.zip"], ["images/1.png"]])(
    "has no answers as Kaggle gives it: %s",
    async (file) => {
      const root = rootWith({ [`${spooky}/${file}`]: "" });
      await expect(mleBenchTask(spooky, root)).rejects.toMatchObject({
        code: "AIDE_MLEBENCH_NOT_PREPARED",
        message: expect.stringContaining("no answers are there"),
        fix: expect.stringContaining(`data_dir=${join(root, spooky)}`),
      });
    },
  );
});

describe("the data root", () => {
  it.each([
    [{ HOME: "/h", XDG_CACHE_HOME: "/c" }, "linux", "/c/mle-bench/data"],
    [{ HOME: "/h", XDG_CACHE_HOME: "" }, "linux", "/h/.cache/mle-bench/data"],
    [{ HOME: "/h", XDG_CACHE_HOME: "/c" }, "darwin", "/h/Library/Caches/mle-bench/data"],
    [{ HOME: "/h", LOCALAPPDATA: "/l" }, "win32", "/l/mle-bench/data"],
  ])("of %o on %s is %s", (env, platform, root) => {
    expect(mleBenchDataRoot(env, platform)).toBe(root);
  });

  it("never depends on this process's environment", () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }).filter((one) => !one.includes("\0")),
        (cache) => {
          expect(mleBenchDataRoot({ XDG_CACHE_HOME: cache }, "linux")).toBe(join(cache, "mle-bench", "data"));
        },
      ),
    );
  });
});

describe("the competitions", () => {
  it("are 75 in three classes and 7 for development, each once", () => {
    const { low, medium, high, development } = mleBenchCompetitions;
    expect([low, medium, high, development].map(({ length }) => length)).toEqual([22, 38, 15, 7]);
    expect(new Set(mleBenchIds).size).toBe(82);
  });
});
