import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const bin = fileURLToPath(new URL("../bin/aide.mjs", import.meta.url));
export const fixtures = fileURLToPath(new URL("./fixtures/", import.meta.url));

/** This process's environment, with the cache that holds the Python packages and models named. */
export const ownEnv = {
  ...process.env,
  XDG_CACHE_HOME: process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"),
};

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Started {
  readonly ended: Promise<Ended>;
  /** Resolves when the standard output holds this. */
  readonly says: (text: string) => Promise<void>;
  readonly kill: (signal: NodeJS.Signals) => void;
}

/** Starts the `aide` command, or that of another installation, as a process, as a user does. The cache with the Python environment is shared. */
export const start = (
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
  program = bin,
): Started => {
  const child = spawn(process.execPath, [program, ...args], { cwd, env: { ...ownEnv, ...env } });
  const [out, err]: [string[], string[]] = [[], []];
  child.stdout.on("data", (chunk: Buffer) => out.push(chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => err.push(chunk.toString()));
  const ended = new Promise<Ended>((resolve) => {
    child.on("close", (code) => resolve({ code, out: out.join(""), err: err.join("") }));
  });
  const says = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = () => void (out.join("").includes(text) && resolve());
      child.stdout.on("data", look);
      look();
      void ended.then(({ out: all, err: told }) => reject(new Error(`it ended without "${text}":\n${all}${told}`)));
    });
  return { ended, says, kill: (signal) => child.kill(signal) };
};

/** Runs the `aide` command to its end. */
export const aide = (
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> => start(args, cwd, env).ended;

export const freshFolder = (): string => mkdtempSync(join(tmpdir(), "aide-cli-"));

/** A small regression task: 120 labelled rows, 20 to predict. */
export const smallTask = (root = freshFolder()): string => {
  const folder = join(root, "data");
  mkdirSync(folder);
  const rows = (from: number, count: number, labelled: boolean) =>
    Array.from(
      { length: count },
      (_, at) => `${from + at},${at % 7},${["a", "b"][at % 2]}${labelled ? `,${(at % 7) * 3 + 1}` : ""}`,
    ).join("\n");
  writeFileSync(join(folder, "train.csv"), `id,x,kind,y\n${rows(1, 120, true)}\n`);
  writeFileSync(join(folder, "test.csv"), `id,x,kind\n${rows(1000, 20, false)}\n`);
  const sample = Array.from({ length: 20 }, (_, at) => `${1000 + at},1`).join("\n");
  writeFileSync(join(folder, "sample_submission.csv"), `id,y\n${sample}\n`);
  return folder;
};

/** The run of that number in a folder. */
export const runFolder = (root: string, number = 0): string => {
  const name = readdirSync(join(root, "logs")).find((one) => one.startsWith(`${number}-`));
  return join(root, "logs", name ?? "");
};

/** A folder with a small task and a config whose model answers these; `keys` are more lines of the config. */
export const project = (
  answers: readonly string[],
  options: { readonly keys?: string; readonly backend?: Readonly<Record<string, unknown>> } = {},
): string => {
  const root = freshFolder();
  smallTask(root);
  const backend = { use: join(fixtures, "scripted-plugin.mjs"), answers, ...options.backend };
  writeFileSync(
    join(root, "aide.config.yaml"),
    `data_dir: ./data\ngoal: Predict y\neval: RMSE\nbackend: ${JSON.stringify(backend)}\nrehearse: false\n${options.keys ?? ""}`,
  );
  return root;
};

export const block = (code: string): string => `\`\`\`python\n${code}\n\`\`\``;

/** A script that solves the small task, with the standard library: importing pandas and scikit-learn takes a second, of each of many scripts. */
export const good = `
import csv
from statistics import linear_regression
train, test = [list(csv.DictReader(open(f"./input/{name}.csv"))) for name in ("train", "test")]
line = linear_regression([float(row["x"]) for row in train], [float(row["y"]) for row in train])
with open("./submission/submission.csv", "w", newline="") as file:
    writer = csv.writer(file)
    writer.writerow(["id", "y"])
    writer.writerows([row["id"], line.slope * float(row["x"]) + line.intercept] for row in test)
print("validation score: 0.5")
`;

export const broken = "raise ValueError('no')";
