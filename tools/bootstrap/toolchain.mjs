// Dependency-free, and in the JavaScript of Node 20: it runs before anything is installed.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const pnpmVersion = manifest.packageManager.split("@")[1];
const tools = join(root, ".tools");
const pnpmFile = join(tools, "node_modules", "pnpm", "bin", "pnpm.cjs");
const marker = join(root, "node_modules", ".modules.yaml");

export const node = join(root, "node_modules", "node", "bin", process.platform === "win32" ? "node.exe" : "node");

const [major] = process.versions.node.split(".").map(Number);
if (major < 20) {
  console.error(
    `aide needs Node 20 or newer; this is ${process.versions.node}.\n  fix  install Node 24 (nodejs.org or your version manager)`,
  );
  process.exit(2);
}

/** Installs pnpm beside the project and the project's packages, unless both are as the lock file wants them. */
export const install = () => {
  if (isCurrent()) return;
  if (installedPnpm() !== pnpmVersion) {
    console.log(`setup    pnpm ${pnpmVersion}`);
    run("npm", [
      "install",
      "--silent",
      "--no-audit",
      "--no-fund",
      "--no-save",
      "--prefix",
      tools,
      `pnpm@${pnpmVersion}`,
    ]);
  }
  console.log("setup    packages of this project (about 400 MB, a minute or two)");
  run(process.execPath, [pnpmFile, "install", "--frozen-lockfile", "--reporter=append-only"], { CI: "true" });
};

const isCurrent = () => {
  if (!existsSync(marker) || !existsSync(node)) return false;
  return statSync(marker).mtimeMs >= statSync(join(root, "pnpm-lock.yaml")).mtimeMs;
};

const installedPnpm = () => {
  try {
    return JSON.parse(readFileSync(join(tools, "node_modules", "pnpm", "package.json"), "utf8")).version;
  } catch {
    return undefined;
  }
};

const run = (command, args, env = {}) => {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, ...env },
    shell: process.platform === "win32",
  });
  if (status === 0) return;
  console.error(
    `setup failed at: ${command} ${args.join(" ")}${error ? `\n  ${error.message}` : ""}\n  fix  check the network and try again: what is already here is kept`,
  );
  process.exit(1);
};

/** Hands the process over to a command under the bundled Node, with its signals and its exit code. */
export const handOver = (args) => {
  const path = `${join(root, "node_modules", ".bin")}${process.platform === "win32" ? ";" : ":"}${process.env.PATH}`;
  const child = spawn(node, args, { cwd: root, stdio: "inherit", env: { ...process.env, PATH: path } });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => {
    process.exitCode = code ?? (signal === "SIGINT" ? 130 : 1);
  });
};
