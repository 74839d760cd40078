import { cpSync, existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build, command, repository } from "./installed.ts";
import type { Registry } from "./registry.ts";
import { freshFolder } from "./scaffolded.ts";

export interface Release {
  readonly folder: string;
  /** Of all packages, before and after. */
  readonly versions: { readonly before: readonly string[]; readonly after: readonly string[] };
  /** What `changeset publish` printed. */
  readonly published: string;
}

const versionsIn = (folder: string): readonly string[] =>
  readdirSync(join(folder, "packages")).map(
    (name) => JSON.parse(readFileSync(join(folder, "packages", name, "package.json"), "utf8")).version,
  );

/** What git holds of this repository, with what was built and installed in it. */
const cloned = async (): Promise<string> => {
  const folder = join(freshFolder(), "clone");
  await command("git", ["clone", "--quiet", "--shared", repository, folder], repository);
  for (const name of ["node_modules", ".tools"]) symlinkSync(join(repository, name), join(folder, name));
  for (const name of readdirSync(join(folder, "packages")))
    for (const made of ["dist", "node_modules"]) {
      const from = join(repository, "packages", name, made);
      // Links between packages are relative: in the clone they lead to the clone.
      const options = { recursive: true, verbatimSymlinks: true };
      if (existsSync(from)) cpSync(from, join(folder, "packages", name, made), options);
    }
  return folder;
};

/** Versions and publishes the packages as a release does, from a copy of the repository to a registry of its own. */
export const releaseTo = async (registry: Registry): Promise<Release> => {
  await build();
  const folder = await cloned();
  const before = versionsIn(folder);
  const programs = [join(folder, "node_modules/.bin"), join(folder, ".tools/node_modules/.bin")];
  const variables = { ...registry.newcomer(), PATH: [...programs, process.env["PATH"]].join(":") };
  // So that there is something to release, also right after another release.
  writeFileSync(join(folder, ".changeset/one-more.md"), '---\n"@aide-ts/plugin": patch\n---\n\nOne more change.\n');
  await command("changeset", ["version"], folder, variables);
  for (const program of ["npm", "pnpm"]) {
    const asked = (await command(program, ["config", "get", "registry"], folder, variables)).trim();
    if (asked !== registry.url) throw new Error(`${program} would publish to another registry`);
  }
  const published = await command("changeset", ["publish"], folder, variables);
  return { folder, versions: { before, after: versionsIn(folder) }, published };
};
