import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const run = (command: string, args: readonly string[]) => execFileSync(command, args, { cwd: root }).toString().trim();

describe("the bootstrap", () => {
  it("brings Node 24, whose install script pnpm must be allowed to run", () => {
    expect(run(`${root}node_modules/.bin/node`, ["--version"])).toMatch(/^v24\./);
  });

  it.skipIf(process.platform === "win32")(
    "runs it in the process that was started, so that a signal reaches it",
    () => {
      const { pid, stdout } = spawnSync(`${root}node_modules/.bin/node`, ["-p", "process.pid"]);
      expect(String(stdout).trim()).toBe(String(pid));
    },
  );

  it("leaves out binaries for GPUs and other machines", () => {
    const found = run("find", ["node_modules/.pnpm", "-maxdepth", "1", "-name", "@node-llama-cpp+*"]);
    expect(found).not.toMatch(/cuda|vulkan|win-/);
  });

  it.each([
    "packages/cli/bin/aide.mjs",
    "tools/bootstrap/toolchain.mjs",
    "tools/bootstrap/start.mjs",
    "tools/bootstrap/test.mjs",
    "tools/bootstrap/link-node.mjs",
  ])("%s imports nothing that is installed", (file) => {
    const imports = [...readFileSync(`${root}${file}`, "utf8").matchAll(/(?:from|import\() ?"([^"]+)"/g)].map(
      ([, name = ""]) => name,
    );
    expect(imports.filter((name) => !name.startsWith("node:") && !name.startsWith("."))).toEqual([]);
  });

  it("starts with a config of one's own instead of the main job's", () => {
    const { status, stderr } = spawnSync(process.execPath, ["tools/bootstrap/start.mjs", "mine.yaml"], { cwd: root });
    expect(String(stderr)).toMatch(/There is no config file.*mine\.yaml/);
    expect(status).toBe(2);
  });

  it("offers `aide` to npx in the clone", () => {
    expect(run(`${root}node_modules/.bin/aide`, ["--help"])).toContain("usage");
  });
});

/** A Node of this machine that is older than the one aide runs on; the project's own lies in node_modules. */
const oldNode = (process.env["PATH"] ?? "")
  .split(delimiter)
  .map((folder) => join(folder, "node"))
  .find((node) => {
    if (node.includes("node_modules") || !existsSync(node)) return false;
    const version =
      /^v(\d+)\.(\d+)/
        .exec(run(node, ["--version"]))
        ?.slice(1)
        .map(Number) ?? [];
    const [major = 99, minor = 0] = version;
    return major >= 20 && (major < 22 || (major === 22 && minor < 18));
  });
if (oldNode === undefined) console.log("skipped: aide under an old Node, because this machine has none");

describe.skipIf(oldNode === undefined)("under a Node that is too old", () => {
  const start = (script: string, cwd: string) => {
    // The package manager's own scripts point NODE_PATH to every package there is.
    const { NODE_PATH: _, ...env } = process.env;
    const { status, stdout, stderr } = spawnSync(oldNode!, [script, "--help"], { cwd, env });
    return { status, out: String(stdout), err: String(stderr) };
  };

  it("the command runs on with the one that comes with the project", () => {
    const { status, out } = start(`${root}packages/cli/bin/aide.mjs`, root);
    expect(out).toContain("usage");
    expect(status).toBe(0);
  });

  it("where there is none, it says what to install", () => {
    const folder = mkdtempSync(join(tmpdir(), "aide-bin-"));
    copyFileSync(`${root}packages/cli/bin/aide.mjs`, join(folder, "aide.mjs"));
    const { status, err } = start(join(folder, "aide.mjs"), folder);
    expect(err).toMatch(/needs Node 22\.19 or newer; this is \d+\./);
    expect(err).toContain("npm install --save-dev node@24");
    expect(status).toBe(2);
  });
});
