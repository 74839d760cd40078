#!/usr/bin/env node
// Dependency-free, and in the JavaScript of Node 20: it must run where nothing else of aide can.
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

if (major > 22 || (major === 22 && minor >= 19)) await start();
else await restart();

async function start() {
  const { enableCompileCache, registerHooks } = await import("node:module");
  // What was compiled, or stripped of types, once need not be again: a start takes two thirds of the time.
  enableCompileCache();
  const source = join(here, "../src/main.ts");
  const installed = here.includes("node_modules");
  if (installed || !existsSync(source)) {
    await import(pathToFileURL(join(here, "../dist/main.js")).href);
    return;
  }
  registerHooks({
    resolve: (specifier, context, next) =>
      next(specifier, { ...context, conditions: [...context.conditions, "@aide-ts/source"] }),
  });
  await import(pathToFileURL(source).href);
}

async function restart() {
  const node = await bundledNode();
  if (node === undefined) {
    console.error(
      `aide needs Node 22.19 or newer; this is ${process.versions.node}.\n` +
        "  fix  install Node 24 (nodejs.org or your version manager), or add it to this project: npm install --save-dev node@24",
    );
    process.exitCode = 2;
    return;
  }
  // Loading it takes as long as all else of a start, and few need it.
  const { spawn } = await import("node:child_process");
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => {
    process.exitCode = code ?? (signal === "SIGINT" ? 130 : 1);
  });
}

async function bundledNode() {
  const { createRequire } = await import("node:module");
  for (const from of [process.cwd(), here]) {
    try {
      const node = join(
        dirname(createRequire(join(from, "x.js")).resolve("node/package.json")),
        "bin",
        process.platform === "win32" ? "node.exe" : "node",
      );
      if (existsSync(node)) return node;
    } catch {
      // Not installed from there: the next place may have it.
    }
  }
  return undefined;
}
