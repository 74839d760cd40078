import { chmod, readdir, readFile, stat, symlink, writeFile, mkdir } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { local, type Local } from "./local.ts";

let box: Local;
beforeAll(async () => {
  box = await local(
    { seconds: 20, threads: 3, concurrency: 3 },
    { OPENAI_API_KEY: "secret", CUDA_VISIBLE_DEVICES: "1" },
  );
  await box.executor.environment(new AbortController().signal);
}, 900_000);
afterAll(() => box[Symbol.asyncDispose]());

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

describe("the folder", () => {
  it("is one's own: several at once, each with its data", async () => {
    const code = `
import time
open("input/train.csv", "w").write("mine")
open("working/x", "w").write("x")
time.sleep(0.3)
import os
print(open("input/train.csv").read(), os.listdir("working"))`;
    const all = await Promise.all([1, 2, 3].map(() => box.run(code)));
    expect(all.map((done) => done.output)).toEqual(["mine ['x']\n", "mine ['x']\n", "mine ['x']\n"]);
    expect(new Set(all.map((done) => done.id)).size).toBe(3);
    expect(await readFile(join(box.dataFolder, "train.csv"), "utf8")).toBe("a,b\n1,2\n");
  });

  it("gives links in the data as copies", async () => {
    const linked = await local({ seconds: 20 });
    await using _ = linked;
    await writeFile(join(linked.dataFolder, "..", "elsewhere"), "original");
    await symlink("../elsewhere", join(linked.dataFolder, "link"));
    expect(await linked.run("open('input/link', 'w').write('changed')")).toMatchObject({ fate: "ok" });
    expect(await readFile(join(linked.dataFolder, "..", "elsewhere"), "utf8")).toBe("original");
  });

  it("loses the data and all of working but the submission", async () => {
    const done = await box.run(
      "for name in ('submission.csv', 'model.bin'):\n    open('working/' + name, 'w').write(name)",
    );
    const folder = join(box.workspaceFolder, done.id);
    expect(done.artifacts).toEqual(["working/submission.csv"]);
    expect((await readdir(folder)).sort()).toEqual(["runfile.py", "submission", "working"]);
    expect(await readdir(join(folder, "working"))).toEqual(["submission.csv"]);
  });

  it("keeps working where that is wished", async () => {
    const keeping = await local({ keepWorking: true, seconds: 20 });
    await using _ = keeping;
    const done = await keeping.run(
      "import os\nos.mkdir('working/a')\nopen('working/a/model.bin', 'w').write('m')\nopen('submission/s.csv', 'w').write('s')",
    );
    expect(done.artifacts).toEqual(["submission/s.csv", "working/a/model.bin"]);
  });

  it("takes no number twice, across executors on one workspace", async () => {
    const first = await box.run("print(1)");
    const other = await local({ seconds: 20 }, {}, box.workspaceFolder);
    await using _ = other;
    const second = await other.run("print(2)");
    expect(second.id).toMatch(/^x\d{6}$/);
    expect(second.id > first.id).toBe(true);
  });

  it.each(["../out.py", "/etc/x", "a/../../b", "runfile.py", "input/train.csv", "", "a//b", "a\\b"])(
    "refuses a file called %j",
    async (path) => {
      await expect(box.run("pass", { files: { [path]: "" } })).rejects.toMatchObject({
        code: "AIDE_SCRIPT_FILE",
        fault: "plugin",
      });
    },
  );
});

describe("the environment of a script", () => {
  it("holds no keys, only what is listed", async () => {
    const done = await box.run(
      "import os, json, sys\nprint(json.dumps(dict(os.environ)))\nassert 'OPENAI_API_KEY' not in open(f'/proc/self/environ').read() if sys.platform == 'linux' else True",
    );
    const variables: unknown = JSON.parse(done.output);
    // The folder's own path is shown as `.`.
    expect(variables).toMatchObject({
      HOME: "./.home",
      LANG: "C.UTF-8",
      PYTHONHASHSEED: "0",
      MPLBACKEND: "Agg",
      OMP_NUM_THREADS: "3",
      OPENBLAS_NUM_THREADS: "3",
      MKL_NUM_THREADS: "3",
      LOKY_MAX_CPU_COUNT: "3",
      GOMP_SPINCOUNT: "5000",
      CUDA_VISIBLE_DEVICES: "1",
      AIDE_EXECUTION: ".",
    });
    expect(JSON.stringify(variables)).not.toContain("secret");
    expect(Object.keys(Object(variables))).not.toContain("USER");
  });

  it.each([1, 2, 4096])("shares the cores among %i slots", async (slots) => {
    await using shared = await local({ seconds: 20 }, {}, undefined, slots);
    const done = await shared.run("import os\nprint(os.environ['OMP_NUM_THREADS'], os.environ['LOKY_MAX_CPU_COUNT'])");
    const share = Math.max(1, Math.floor(availableParallelism() / slots));
    expect(done.output).toBe(`${share} ${share}\n`);
  });

  it("finds the environment's python first", async () => {
    const done = await box.run(
      "import subprocess, sys\nprint(subprocess.check_output(['python', '-c', 'import sys; print(sys.prefix)']).decode().strip() == sys.prefix)",
    );
    expect(done.output).toBe("True\n");
  });

  it("has room for sockets under a long path", async () => {
    const long = await local({ seconds: 20 }, {}, join(box.workspaceFolder, "deep".repeat(30)));
    await using _ = long;
    const done = await long.run(
      "import multiprocessing\nif __name__ == '__main__':\n    with multiprocessing.Manager() as manager:\n        print(manager.list([1]))",
    );
    expect(done).toMatchObject({ fate: "ok", output: "[1]\n" });
  });
});

describe("artifacts", () => {
  it("are read by name", async () => {
    const done = await box.run("open('submission/submission.csv', 'wb').write(bytes(range(256)))");
    expect(done.artifacts).toEqual(["submission/submission.csv"]);
    const bytes = await box.executor.read(done, "submission/submission.csv");
    expect([...bytes]).toEqual([...Array(256).keys()]);
  });

  it("do not include links, and no other file can be read", async () => {
    const done = await box.run(
      "import os\nos.symlink('/etc/passwd', 'submission/submission.csv')\nos.symlink('/etc', 'submission/etc')",
    );
    expect(done.artifacts).toEqual([]);
    const claims = [
      "submission/submission.csv",
      "submission/etc/passwd",
      "submission/../runfile.py",
      "runfile.py",
      "/etc/passwd",
    ];
    const forged = { ...done, artifacts: claims };
    for (const path of claims) {
      await expect(box.executor.read(forged, path)).rejects.toMatchObject({ code: "AIDE_ARTIFACT_NOT_FOUND" });
      await expect(box.executor.read(done, path)).rejects.toMatchObject({ code: "AIDE_ARTIFACT_NOT_FOUND" });
    }
    await expect(box.executor.read({ ...forged, id: "../x" }, "submission/a")).rejects.toMatchObject({
      code: "AIDE_ARTIFACT_NOT_FOUND",
    });
  });

  it("are not looked for behind a link in place of the folder", async () => {
    const done = await box.run(
      "import os\nos.rmdir('submission')\nos.symlink('/etc', 'submission')\nos.rmdir('working')\nos.symlink(os.getcwd() + '/..', 'working')",
    );
    expect(done).toMatchObject({ fate: "ok", artifacts: [] });
    expect(await exists(box.dataFolder)).toBe(true);
    expect(await exists(join(box.workspaceFolder, done.id, "runfile.py"))).toBe(true);
  });

  it("are at most 200", async () => {
    expect((await box.run("for n in range(300):\n    open(f'submission/{n:03}', 'w')")).artifacts).toHaveLength(200);
  });
});

describe("what cannot start", () => {
  it("says that the data is missing", async () => {
    const lost = await local({ seconds: 20 });
    await using _ = lost;
    const { rm } = await import("node:fs/promises");
    await rm(lost.dataFolder, { recursive: true });
    await expect(lost.run("print(1)")).rejects.toMatchObject({ code: "AIDE_DATA_NOT_FOUND", fault: "user" });
  });

  it("says that the workspace cannot be written to", async () => {
    const file = join(box.dataFolder, "..", "file");
    await writeFile(file, "");
    const blocked = await local({ seconds: 20 }, {}, join(file, "ws"));
    await using _ = blocked;
    await expect(blocked.run("print(1)")).rejects.toMatchObject({ code: "AIDE_FOLDER_UNWRITABLE" });
  });

  it("says that there is no such Python", async () => {
    const none = await local({ python: "/nowhere/python3" });
    await using _ = none;
    await expect(none.run("print(1)")).rejects.toMatchObject({
      code: "AIDE_PYTHON_NOT_FOUND",
      facts: { "/nowhere/python3": "not on PATH" },
    });
  });
});

describe("options", () => {
  it("refuse what they do not know", async () => {
    await expect(local({ second: 3 })).rejects.toThrow("second");
    await expect(local({ seconds: -1 })).rejects.toThrow("expected number to be >0");
  });
});

const isRoot = process.getuid?.() === 0;
if (isRoot) console.log("skipped: data without write permission, because permissions do not bind root");

describe.skipIf(isRoot)("data without write permission", () => {
  it("is removed with the folder", async () => {
    const strict = await local({ seconds: 20 });
    await using _ = strict;
    await mkdir(join(strict.dataFolder, "ro"));
    await writeFile(join(strict.dataFolder, "ro", "f"), "f");
    await chmod(join(strict.dataFolder, "ro"), 0o555);
    const done = await strict.run("print(open('input/ro/f').read())");
    expect(done.output).toBe("f\n");
    expect(await exists(join(strict.workspaceFolder, done.id, "input"))).toBe(false);
  });
});
