import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ownEnv } from "../../cli/test/aide.ts";
import { freshFolder } from "./scaffolded.ts";

export const repository = fileURLToPath(new URL("../../../", import.meta.url));

export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** What a package manager that started the tests says of itself is none of the commands' business. */
const env = Object.fromEntries(
  Object.entries(ownEnv).filter(([name]) => !/^npm_(package|lifecycle|config_local_prefix|command)/.test(name)),
);

type Variables = Readonly<Record<string, string>>;

/** Runs a program, whatever its end. */
export const ended = (program: string, args: readonly string[], cwd: string, more: Variables = {}): Promise<Ended> =>
  new Promise((resolve) => {
    const options = { cwd, env: { ...env, ...more }, maxBuffer: 2 ** 26, timeout: 240_000 };
    execFile(program, args, options, (error, out, err) => resolve({ code: error === null ? 0 : 1, out, err }));
  });

/** Runs a program to its good end. */
export const command = async (
  program: string,
  args: readonly string[],
  cwd: string,
  more: Variables = {},
): Promise<string> => {
  const { code, out, err } = await ended(program, args, cwd, more);
  if (code !== 0) throw new Error(`${program} ${args.join(" ")}\n${out}${err}`);
  return out;
};

/** Runs a program that a folder has installed, whatever its end. */
export const installed = (program: string, args: readonly string[], cwd: string): Promise<Ended> =>
  ended(join(cwd, "node_modules/.bin", program), args, cwd);

export const build = (): Promise<string> =>
  command(process.execPath, [join(repository, "node_modules/typescript/bin/tsc"), "-b"], repository);

/** Builds the packages of this repository and packs them as they would be published; gives the tarballs by the names of the packages. */
export const packedPackages = async (): Promise<ReadonlyMap<string, string>> => {
  await build();
  const folder = freshFolder();
  const pnpm = join(repository, ".tools/node_modules/pnpm/bin/pnpm.cjs");
  const pack = ["-r", "--filter", "./packages/*", "--workspace-concurrency=1", "pack", "--pack-destination", folder];
  await command(process.execPath, [pnpm, ...pack], repository);
  const tarballs = readdirSync(folder).map((file): readonly [string, string] => [
    file.replace(/-\d+\.\d+\.\d+.*\.tgz$/, "").replace("aide-ts-", "@aide-ts/"),
    join(folder, file),
  ]);
  return new Map(tarballs);
};

/** Installs what a folder's package.json names, of ours these tarballs. */
export const npmInstall = (folder: string, tarballs: Iterable<string>): Promise<string> =>
  command(
    "npm",
    ["install", "--no-save", "--install-links", "--no-audit", "--no-fund", "--prefer-offline", ...tarballs],
    folder,
  );
