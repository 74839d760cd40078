import { readFileSync } from "node:fs";
import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import type { Execution, Executor, ExecutorHost, Script } from "@aide-ts/plugin";
import plugin from "../src/index.ts";

/** Shared with later runs, so that packages are installed once on a machine. */
export const cacheFolder = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "aide");

export const env = Object.fromEntries(
  Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
);

export interface Local extends AsyncDisposable {
  readonly executor: Executor;
  readonly dataFolder: string;
  readonly workspaceFolder: string;
  run(code: string, more?: Omit<Script, "code">, signal?: AbortSignal): Promise<Execution>;
}

export const local = async (
  given: Record<string, unknown> = {},
  variables: Record<string, string> = {},
  workspace?: string,
  slots = 1,
  more: Pick<ExecutorHost, "turns" | "sharedFolder" | "lifetime"> = {},
): Promise<Local> => {
  const root = await realpath(await mkdtemp(join(tmpdir(), "ex-")));
  const dataFolder = join(root, "data");
  const workspaceFolder = workspace ?? join(root, "ws");
  await mkdir(join(dataFolder, "nested"), { recursive: true });
  await writeFile(join(dataFolder, "train.csv"), "a,b\n1,2\n");
  await writeFile(join(dataFolder, "nested", "more.txt"), "more");
  const checked = await plugin.options["~standard"].validate(given);
  if (checked.issues) throw new Error(checked.issues.map((issue) => issue.message).join("; "));
  const executor = plugin.create(checked.value, {
    cacheFolder,
    runFolder: root,
    dataFolder,
    dataView: () => undefined,
    workspaceFolder,
    slots,
    ...more,
    env: (name) => variables[name] ?? process.env[name],
    log: () => {},
  });
  return {
    executor,
    dataFolder,
    workspaceFolder,
    run: (code, more = {}, signal = new AbortController().signal) => executor.execute({ code, ...more }, { signal }),
    async [Symbol.asyncDispose]() {
      await executor[Symbol.asyncDispose]();
      await rm(root, { recursive: true, force: true });
    },
  };
};

/** Zombies that no one has reaped yet do not count. */
export const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return process.platform !== "linux" || !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
};

export const until = async (condition: () => boolean | Promise<boolean>, ms = 10_000): Promise<void> => {
  const end = Date.now() + ms;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error("waited in vain");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};
