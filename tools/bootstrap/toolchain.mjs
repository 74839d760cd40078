// Dependency-free, and in the JavaScript of Node 20: it runs before anything is installed.
import { spawn } from "node:child_process";
import { existsSync, readFileSync, statfsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
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

/** What the packages of this project take: to fetch, and on the disk when they are unpacked. */
const megabytes = { download: 200, disk: 600 };

/** Installs pnpm beside the project and the project's packages, unless both are as the lock file wants them. */
export const install = async () => {
  if (isCurrent()) return;
  announce();
  if (installedPnpm() !== pnpmVersion) {
    const options = ["--silent", "--no-audit", "--no-fund", "--no-save", "--prefix", tools];
    await run("npm", ["install", ...options, `pnpm@${pnpmVersion}`]);
  }
  await run(process.execPath, [pnpmFile, "install", "--frozen-lockfile", "--reporter=append-only"], { CI: "true" });
};

const announce = () => {
  const { bavail, bsize } = statfsSync(root);
  const free = Math.floor((bavail * bsize) / 1e6);
  const needed = `about ${megabytes.download} MB to download, ${megabytes.disk} MB on disk (${free} MB free)`;
  console.log(`setup    packages of this project: ${needed}, 1 to 3 minutes, once`);
  if (free > megabytes.disk) return;
  console.error(`The disk has too little room.\n  fix  free ${megabytes.disk} MB and run the same command again`);
  process.exit(2);
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

/** Runs an installer; of its lines only progress is shown, and the last ones where it fails. */
const run = async (command, args, env = {}) => {
  const child = spawn(command, args, {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...env },
    shell: process.platform === "win32",
  });
  const last = [];
  const read = async (stream) => {
    for await (const line of createInterface({ input: stream })) {
      if (line.startsWith("Progress: ")) console.log(`         ${line.slice("Progress: ".length)}`);
      last.push(line);
      if (last.length > 30) last.shift();
    }
  };
  const ended = new Promise((resolve) => {
    child.on("error", ({ message }) => resolve(message));
    child.on("close", (code) => resolve(code === 0 ? undefined : `it ended with code ${code}`));
  });
  await Promise.all([read(child.stdout), read(child.stderr)]);
  const problem = await ended;
  if (problem === undefined) return;
  console.error(
    `${last.join("\n")}\nsetup failed at: ${command} ${args.join(" ")}\n  ${problem}\n  fix  check the network and try again: what is already here is kept`,
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
