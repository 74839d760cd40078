import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, delimiter, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  checkPackages,
  ensureEnvironment,
  findPython,
  type EnvironmentProgress,
  type PythonEnvironment,
} from "../src/index.ts";
import { asset, supported } from "../src/python/shipped.ts";
import { lockFile } from "../src/python/lock-file.ts";
import { readReady, writeReady } from "../src/python/ready.ts";
import { cacheFolder, env, local } from "./local.ts";

let folder: string;
let shared: PythonEnvironment;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "py-"));
  shared = await ensureEnvironment({ cacheFolder, env });
}, 900_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A folder to put on PATH, with programs of these names. */
const programs = async (name: string, scripts: Record<string, string>): Promise<string> => {
  const path = join(folder, name);
  await mkdir(path, { recursive: true });
  for (const [program, text] of Object.entries(scripts)) {
    await writeFile(join(path, program), `#!/bin/sh\n${text}\n`);
    await chmod(join(path, program), 0o755);
  }
  return path;
};

const answering = (version: string, more = ""): string =>
  `echo '{"path":"/opt/${version}/bin/python3","version":"${version}","implementation":"cpython","bits":64,"gil":true${more}}'`;

describe("findPython", () => {
  it("finds the machine's own by running it", async () => {
    const found = await findPython({ env });
    expect(supported).toContain(found.minor);
    expect(found.version.startsWith(`${found.minor}.`)).toBe(true);
  });

  it("prefers python3, then the newest", async () => {
    const both = await programs("both", {
      python3: answering("3.11.2"),
      "python3.13": answering("3.13.0"),
      "python3.12": answering("3.12.1"),
    });
    expect(await findPython({ env: { PATH: both } })).toEqual({
      path: "/opt/3.11.2/bin/python3",
      version: "3.11.2",
      minor: "3.11",
    });
    const old = await programs("old", {
      python3: answering("3.8.1"),
      "python3.13": "exit 127",
      "python3.12": answering("3.12.1"),
    });
    expect(await findPython({ env: { PATH: old } })).toMatchObject({ minor: "3.12" });
    expect(await findPython({ env: { PATH: both }, wanted: "3.13" })).toMatchObject({ version: "3.13.0" });
    expect(await findPython({ env: { PATH: "" }, wanted: join(old, "python3.12") })).toMatchObject({
      version: "3.12.1",
    });
  });

  it("says what each candidate was", async () => {
    const wrong = await programs("wrong", {
      python3: answering("3.9.18"),
      "python3.13": `${answering("3.13.0").replace('"gil":true', '"gil":false')}`,
      "python3.12": "echo no such version >&2; exit 127",
      "python3.11": answering("3.11.1").replace('"bits":64', '"bits":32'),
      "python3.10": answering("3.10.1").replace("cpython", "pypy"),
      python: "echo Python 2",
    });
    await expect(findPython({ env: { PATH: [wrong, "/bin"].join(delimiter) } })).rejects.toMatchObject({
      code: "AIDE_PYTHON_NOT_FOUND",
      fault: "user",
      facts: {
        python3: "is 3.9.18",
        "python3.13": "is a free-threaded build of 3.13.0",
        "python3.12": "no such version",
        "python3.11": "is a 32-bit build",
        "python3.10": "is pypy 3.10.1, not CPython",
        python: "is not Python 3",
      },
    });
    await expect(findPython({ env, wanted: "3.9" })).rejects.toMatchObject({ code: "AIDE_PYTHON_NOT_FOUND" });
  });
});

describe("installedEnvironment", () => {
  it("runs scripts in the interpreter that is given, and names what is installed there", async () => {
    await using one = await local({ python: shared.python, packages: "installed" });
    const { packages, python } = await one.executor.environment(new AbortController().signal);
    expect(python).toBe(shared.version);
    expect(packages).toEqual(expect.arrayContaining(shared.packages.filter(({ name }) => name !== "xgboost")));
    const { fate, output } = await one.run("import sys, sklearn; print(sys.executable)");
    expect([fate, output]).toEqual(["ok", `${shared.python}\n`]);
  });

  it("builds nothing, and gives the output of a broken interpreter", async () => {
    const broken = await programs("broken", {
      python3: `case "$1" in -c) ${answering("3.12.1").replace("/opt/3.12.1/bin/python3", join(folder, "broken", "python3"))};; *) echo "no metadata" >&2; exit 1;; esac`,
    });
    await using one = await local({ python: join(broken, "python3"), packages: "installed" });
    await expect(one.executor.environment(new AbortController().signal)).rejects.toMatchObject({
      code: "AIDE_PYTHON_PACKAGES",
      facts: { output: "no metadata" },
    });
  });
});

describe("ensureEnvironment", () => {
  it("gives packages that were imported, by the names people use", () => {
    expect(shared.packages.map((one) => one.name)).toEqual([
      "numpy",
      "pandas",
      "scipy",
      "scikit-learn",
      "lightgbm",
      "xgboost",
      "statsmodels",
      "joblib",
      "pyarrow",
      "openpyxl",
      "pillow",
    ]);
    expect(shared.packages.every((one) => /^\d+\.\d+/.test(one.version))).toBe(true);
    expect(shared.problems).toEqual([]);
  });

  it("is ready at once the second time, without starting a process", async () => {
    const begin = performance.now();
    const progress: EnvironmentProgress[] = [];
    const again = await ensureEnvironment({ cacheFolder, env: { PATH: "" }, onProgress: (one) => progress.push(one) });
    expect(performance.now() - begin).toBeLessThan(200);
    expect(again).toEqual(shared);
    expect(progress).toEqual([]);
  });

  it("looks for packages that nobody asked for when it was built", async () => {
    const older = join(folder, "older");
    const copy = join(older, "python", basename(shared.folder));
    await mkdir(copy, { recursive: true });
    for (const name of ["bin", "lib", "pyvenv.cfg"]) await symlink(join(shared.folder, name), join(copy, name));
    const { hash } = await lockFile(basename(shared.folder).split("-")[0] as "3.11");
    const packages = shared.packages.filter(({ name }) => name !== "pillow");
    await writeReady(copy, { lock: hash, version: shared.version, packages, problems: [] });
    await writeFile(join(older, "python", "chosen.json"), JSON.stringify({ "": basename(copy).split("-")[0] }));
    const again = await ensureEnvironment({ cacheFolder: older, env });
    expect(again.packages).toEqual(shared.packages);
    expect((await readReady(copy, hash))?.packages).toEqual(shared.packages);
  });

  it("trusts no marker of another lock, or of a python that is gone", async () => {
    const path = join(folder, "marked");
    await mkdir(join(path, "bin"), { recursive: true });
    await writeReady(path, { lock: "abc", version: "3.12.1", packages: [], problems: [] });
    expect(await readReady(path, "abc")).toBeUndefined();
    await symlink("/bin/sh", join(path, "bin", "python"));
    expect(await readReady(path, "abc")).toMatchObject({ version: "3.12.1" });
    expect(await readReady(path, "abd")).toBeUndefined();
    await writeFile(join(path, "ready.json"), '{"lock":"abc"');
    expect(await readReady(path, "abc")).toBeUndefined();
  });

  it("names the system's package where venv is missing, and says beforehand what it will take", async () => {
    const real = await findPython({ env });
    const without = await programs("without", {
      python3: `case "$2" in *ensurepip*) echo "No module named 'ensurepip'" >&2; exit 1;; *) exec ${real.path} "$@";; esac`,
    });
    const progress: EnvironmentProgress[] = [];
    // The probe answers with the real path, so the wrapper's must be given instead.
    const pretending = await programs("pretending", {
      python3: `case "$2" in *ensurepip*) exit 1;; *) ${answering(real.version).replace(/"path":"[^"]*"/, `"path":"${join(without, "python3")}"`)};; esac`,
    });
    const cache = join(folder, "no-venv");
    await expect(
      ensureEnvironment({ cacheFolder: cache, env: { PATH: pretending }, onProgress: (one) => progress.push(one) }),
    ).rejects.toMatchObject({
      code: "AIDE_PYTHON_NO_VENV",
      fix: expect.stringMatching(/^Run: \w+/),
    });
    expect(progress[0]).toMatchObject({
      kind: "start",
      python: real.version,
      downloadBytes: expect.any(Number),
      freeBytes: expect.any(Number),
      minutes: expect.any(Number),
    });
  });

  it(
    "builds an unfinished folder anew, with uv where there is one, and only once for two callers",
    { timeout: 60_000 },
    async () => {
      const real = await findPython({ env });
      // Stands for uv: makes a real environment, without the download.
      const uv = await programs("uv", {
        uv: `echo "$@" >> ${join(folder, "uv.log")}; case "$1" in venv) ${real.path} -m venv --without-pip "$6";; esac`,
        nothing: "",
      });
      const cache = join(folder, "half");
      const lock = await lockFile(real.minor);
      const half = join(cache, "python", `${real.minor}-${lock.hash}`);
      await mkdir(half, { recursive: true });
      await writeFile(join(half, "leftover"), "");
      const request = { cacheFolder: cache, env: { ...env, PATH: [uv, env["PATH"]].join(delimiter) } };
      const [one, two] = await Promise.all([ensureEnvironment(request), ensureEnvironment(request)]);
      expect(one).toEqual(two);
      await expect(readFile(join(half, "leftover"))).rejects.toThrow("ENOENT");
      const logged = (await readFile(join(folder, "uv.log"), "utf8")).trim().split("\n");
      expect(logged.filter((line) => line.startsWith("venv"))).toHaveLength(1);
      expect(logged.filter((line) => line.startsWith("pip sync --require-hashes --no-build"))).toHaveLength(1);
      // Nothing was installed, so nothing is promised.
      expect(one.packages).toEqual([]);
      expect(one.problems.map((problem) => problem.name)).toContain("pandas");
    },
  );

  it("falls back to pip where uv fails, and says what failed", { timeout: 60_000 }, async () => {
    const uv = await programs("bad-uv", { uv: `case "$1" in --version) ;; *) echo broken >&2; exit 2;; esac` });
    const lines: string[] = [];
    await expect(
      ensureEnvironment({
        cacheFolder: join(folder, "offline"),
        env: { PATH: [uv, env["PATH"]].join(delimiter), HOME: folder, PIP_NO_INDEX: "1" },
        onProgress: (one) => lines.push(one.kind === "line" ? one.text : one.kind),
      }),
    ).rejects.toMatchObject({ code: "AIDE_PYTHON_PACKAGES", transient: true });
    expect(lines).toContain("uv could not install the packages; trying pip.");
  });

  it("leaves a package out that cannot be imported, and says what to do", { timeout: 60_000 }, async () => {
    const real = await findPython({ env });
    const broken = join(folder, "broken");
    await mkdir(join(broken, "bin"), { recursive: true });
    await writeFile(
      join(broken, "bin", "python"),
      `#!/bin/sh\ncase "$2" in lightgbm) echo 'OSError: libgomp.so.1: cannot open shared object file' >&2; exit 1;; joblib) exec ${shared.python} "$@";; *) exit 1;; esac\n`,
      { mode: 0o755 },
    );
    const checked = await checkPackages({
      folder: broken,
      version: real.version,
      env,
      only: ["lightgbm", "joblib", "pandas"],
    });
    expect(checked.packages.map((one) => one.name)).toEqual(["joblib"]);
    expect(checked.problems).toMatchObject([
      { name: "pandas", fix: expect.stringContaining("installed anew") },
      {
        name: "lightgbm",
        error: expect.stringContaining("libgomp"),
        fix: expect.stringMatching(/^Run: .*(gomp|omp|gcc)/),
      },
    ]);
  });
});

describe("environment()", () => {
  it("reports what is really there", async () => {
    const box = await local({ seconds: 77, threads: 2, memory: 10 ** 9 });
    await using _ = box;
    const environment = await box.executor.environment(new AbortController().signal);
    expect(environment).toMatchObject({
      python: shared.version,
      packages: shared.packages,
      cpus: 2,
      memoryBytes: 10 ** 9,
      seconds: 77,
    });
    expect(JSON.stringify(environment)).not.toContain(cacheFolder);
  });

  it("names the GPUs, and then sets no limit of address space", async () => {
    const driver = await programs("driver", { "nvidia-smi": "echo 'NVIDIA Test 1'; echo 'NVIDIA Test 2'" });
    const box = await local(
      { seconds: 20 },
      { PATH: [driver, env["PATH"]].join(delimiter), CUDA_VISIBLE_DEVICES: "0,1" },
    );
    await using _ = box;
    expect(await box.executor.environment(new AbortController().signal)).toMatchObject({
      gpus: ["NVIDIA Test 1", "NVIDIA Test 2"],
    });
    expect((await box.run("import resource\nprint(resource.getrlimit(resource.RLIMIT_AS)[0])")).output).toBe("-1\n");
    const hidden = await local({}, { PATH: [driver, env["PATH"]].join(delimiter), CUDA_VISIBLE_DEVICES: "" });
    await using __ = hidden;
    expect(await hidden.executor.environment(new AbortController().signal)).toMatchObject({ gpus: [] });
  });

  it("gives up for the caller that aborts", async () => {
    const box = await local();
    await using _ = box;
    await expect(box.executor.environment(AbortSignal.abort(new Error("no longer")))).rejects.toThrow("no longer");
  });
});

describe("lock files", () => {
  it.each(supported)("of %s hold hashes for every package, and no index", async (minor) => {
    const lock = await lockFile(minor);
    const text = await readFile(lock.path, "utf8");
    const entries = text.split(/^(?=\S)/m).filter((entry) => entry.includes("=="));
    for (const name of ["numpy", "pandas", "scikit-learn", "lightgbm", "xgboost-cpu", "statsmodels"])
      expect(entries.some((entry) => entry.startsWith(`${name}==`))).toBe(true);
    expect(entries.filter((entry) => !entry.includes("--hash=sha256:"))).toEqual([]);
    expect(text).not.toMatch(/:\/\/|--index|--find-links|--trusted-host/);
    expect(lock.installedBytes).toBeGreaterThan(lock.downloadBytes);
  });

  it("are all in the package", async () => {
    expect(await readFile(asset("requirements.in"), "utf8")).toContain("scikit-learn");
  });
});
