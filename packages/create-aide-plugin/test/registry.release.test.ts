import { globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { fixtures } from "../../cli/test/aide.ts";
import { commandsIn } from "./commands-in.ts";
import { command, repository } from "./installed.ts";
import { startRegistry, type Registry } from "./registry.ts";
import { releaseTo, type Release } from "./released.ts";
import { freshFolder, packageFolder } from "./scaffolded.ts";

let registry: Registry | undefined;
let release: Release | undefined;

beforeAll(async () => {
  registry = await startRegistry();
  release = await releaseTo(registry);
}, 300_000);

afterAll(() => registry?.[Symbol.asyncDispose]());

const released = (): Release & { readonly registry: Registry } => {
  if (registry === undefined || release === undefined) throw new Error("nothing was released");
  return { ...release, registry };
};

interface Published {
  readonly version: string;
  readonly license: string;
  readonly exports: object;
  readonly dependencies?: Readonly<Record<string, string>>;
}

const published = async (name: string): Promise<Published> => {
  const response = await fetch(`${released().registry.url}${name}/latest`);
  return JSON.parse(await response.text());
};

describe("a release to a registry", () => {
  const folders = globSync("*/package.json", { cwd: join(repository, "packages") });
  const names: readonly string[] = folders.map(
    (file) => JSON.parse(readFileSync(join(repository, "packages", file), "utf8")).name,
  );

  it("gives all packages one version, later than the last", () => {
    const { versions } = released();
    expect(new Set(versions.after).size).toBe(1);
    for (const before of versions.before) expect(versions.after[0]! > before).toBe(true);
  });

  it("has published all packages, with ranges that a registry knows", async () => {
    const [version = ""] = released().versions.after;
    for (const name of names) {
      const { dependencies = {}, exports, ...manifest } = await published(name);
      expect(manifest).toMatchObject({ name, version, license: "MIT" });
      expect(JSON.stringify(exports)).not.toContain("@aide-ts/source");
      for (const [one, range] of Object.entries(dependencies))
        if (one.startsWith("@aide-ts/")) expect(range).toBe(`^${version}`);
        else expect(range, one).toMatch(/^[~^]?\d/);
    }
  });

  it("tells in its change log what was changed", () => {
    const [version = ""] = released().versions.after;
    const log = readFileSync(join(released().folder, "packages/plugin/CHANGELOG.md"), "utf8");
    expect(log.slice(0, log.indexOf("One more change."))).toContain(`## ${version}\n`);
  });
});

const backend = { use: join(fixtures, "scripted-plugin.mjs") };

/** An example as it is, but for a model that answers at once, and the size. */
const shrink = (file: string): void => {
  const { base: _, seeds: __, ...example } = parse(readFileSync(file, "utf8"));
  writeFileSync(file, stringify({ ...example, base: { rehearse: false, budget: { steps: 1 }, backend }, seeds: 2 }));
};

describe("what was released", { timeout: 300_000 }, () => {
  let variables: Readonly<Record<string, string>> = {};
  let folder = "";
  const sh = (line: string): Promise<string> => command("bash", ["-c", line], folder, variables);

  it("makes a strategy that works in an ablation by the five commands of the README", async () => {
    variables = released().registry.newcomer();
    folder = freshFolder();
    const [commands = []] = commandsIn(readFileSync(join(packageFolder, "README.md"), "utf8"));
    expect(commands.length).toBeLessThanOrEqual(5);
    expect(commands.join("\n")).not.toMatch(/git|clone/);
    let printed = "";
    for (const line of commands) {
      const [, into] = /^cd (.+)$/.exec(line) ?? [];
      if (into === undefined) {
        if (line.includes("ablate")) shrink(join(folder, "ablation.yaml"));
        printed = await sh(line);
      } else folder = join(folder, into);
    }
    // What the plugin's own README says to who has its repository already.
    expect(commandsIn(readFileSync(join(folder, "README.md"), "utf8"))).toContainEqual(commands.slice(2));
    expect(printed).toContain("ablation: 2 arms, 1 task, 2 seeds");
    expect(globSync("ablations/*/cells/*/*/seed-*", { cwd: folder })).toHaveLength(4);
  });

  it("holds the strategy to its conformance suite", async () => {
    expect(await sh("npm test -- --reporter=verbose")).toContain("strategy my-idea");
  });

  it("publishes the strategy, of which a stranger makes an ablation and its report", async () => {
    await sh("git init -q && npx changeset version && npm run release");
    expect(await published("aide-strategy-my-idea")).toMatchObject({ version: "0.1.0" });
    const example = readFileSync(join(folder, "ablation.yaml"), "utf8");

    folder = freshFolder();
    writeFileSync(join(folder, "ablation.yaml"), example);
    await sh("npm init -y && npm install @aide-ts/cli aide-strategy-my-idea");
    expect(await sh("npx aide --version")).toBe(`${released().versions.after[0]}\n`);
    await sh("npx aide ablate ablation.yaml");
    const [made = ""] = globSync("ablations/*", { cwd: folder });
    expect(await sh(`npx aide report ${made}`)).toMatch(/my-idea/);
  });
});
