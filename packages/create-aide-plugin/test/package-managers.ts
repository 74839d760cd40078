import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { command, ended, npmInstall, type Ended } from "./installed.ts";
import { freshFolder } from "./scaffolded.ts";

export interface PackageManager {
  readonly name: string;
  /** Installs these tarballs, of which some depend on others, and what they need into an empty folder; `named` are what the folder's package.json names. */
  readonly install: (folder: string, tarballs: ReadonlyMap<string, string>, named: readonly string[]) => Promise<void>;
  /** Runs a command that was installed, as its user does. */
  readonly run: (args: readonly string[], folder: string) => Promise<Ended>;
}

const files = (tarballs: ReadonlyMap<string, string>): Readonly<Record<string, string>> =>
  Object.fromEntries([...tarballs].map(([name, path]) => [name, `file:${path}`]));

const dependencies = (tarballs: ReadonlyMap<string, string>, named: readonly string[]) =>
  Object.fromEntries(Object.entries(files(tarballs)).filter(([name]) => named.includes(name)));

const write = (folder: string, file: string, content: object): void =>
  // JSON is YAML.
  writeFileSync(join(folder, file), JSON.stringify(content));

const pnpm = (program: string, store: string): PackageManager => ({
  name: "pnpm",
  install: async (folder, tarballs, named) => {
    write(folder, "package.json", { private: true, dependencies: dependencies(tarballs, named) });
    write(folder, "pnpm-workspace.yaml", { packages: ["."], overrides: files(tarballs), storeDir: store });
    await command(program, ["install"], folder);
  },
  run: (args, folder) => ended(program, ["exec", ...args], folder),
});

const yarn = (program: string, linker: string, settings: object): PackageManager => ({
  name: `yarn, ${linker}`,
  install: async (folder, tarballs, named) => {
    const resolutions = files(tarballs);
    write(folder, "package.json", { name: "user", dependencies: dependencies(tarballs, named), resolutions });
    write(folder, ".yarnrc.yml", { ...settings, nodeLinker: linker });
    // Else it looks for a project in the folders around.
    writeFileSync(join(folder, "yarn.lock"), "");
    await command(process.execPath, [program, "install"], folder);
  },
  run: (args, folder) => ended(process.execPath, [program, ...args], folder),
});

const versions = ["pnpm@12.21.0", "@yarnpkg/cli-dist@4.18.1"];

/** Package managers beside npm, in a folder of their own; so is what they keep of what they fetched. */
export const packageManagers = async (): Promise<ReadonlyMap<string, PackageManager>> => {
  const folder = freshFolder();
  writeFileSync(join(folder, "package.json"), "{}");
  await npmInstall(folder, versions);
  const yarnProgram = join(folder, "node_modules/@yarnpkg/cli-dist/bin/yarn.js");
  const settings = {
    npmRegistryServer: (await command("npm", ["config", "get", "registry"], folder)).trim(),
    globalFolder: join(folder, "yarn"),
    enableTelemetry: false,
    enableImmutableInstalls: false,
  };
  const all = [
    pnpm(join(folder, "node_modules/.bin/pnpm"), join(folder, "store")),
    yarn(yarnProgram, "node-modules", settings),
    yarn(yarnProgram, "pnp", settings),
  ];
  return new Map(all.map((one) => [one.name, one]));
};
