import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { builtins } from "@aide-ts/builtins";
import { loadPlugin } from "@aide-ts/core";
import { AideError } from "@aide-ts/plugin";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { fuzzRuns } from "../../../tools/vitest/fuzz-runs.ts";
import { pluginKinds, pluginName, type PluginName } from "../src/index.ts";
import { otherVersions } from "../src/scaffold/manifest.ts";
import { builtinNames, packagesBeside } from "../src/names/taken.ts";
import { candidatePackages } from "../../core/src/plugins/candidates.ts";
import { freshFolder, kind } from "./scaffolded.ts";

const refusal = (kindName: string, name: string): string => {
  try {
    pluginName(kind(kindName), name);
  } catch (error) {
    if (AideError.is(error) && error.code === "AIDE_PLUGIN_NAME") return error.message;
    throw error;
  }
  throw new Error(`${name} was accepted`);
};

describe("a plugin's name", () => {
  it.each([
    ["strategy", "in-time", "in-time", "aide-strategy-in-time"],
    ["search", "two-step", "two-step", "aide-strategy-two-step"],
    ["task-suite", "boats", "boats", "aide-task-suite-boats"],
    ["backend", "@them/fast", "@them/fast", "@them/aide-backend-fast"],
    ["strategy", "aide-strategy-in-time", "in-time", "aide-strategy-in-time"],
    ["strategy", "@them/aide-strategy-in-time", "@them/in-time", "@them/aide-strategy-in-time"],
  ])("gives a %s called %s its name in configs and on npm", (kindName, given, config, npm) => {
    expect(pluginName(kind(kindName), given)).toMatchObject({ config, package: npm });
  });

  it.each([
    ["", "it is empty"],
    ["aide-strategy-", "it is empty"],
    ["In-Time", "it begins with no small letter"],
    ["inTime", "it has other characters"],
    ["in time", "it has other characters"],
    ["in_time", "it has other characters"],
    ["in-time-", "a hyphen too many"],
    ["in--time", "a hyphen too many"],
    ["7-steps", "it begins with no small letter"],
    ["../in-time", "it begins with no small letter"],
    ["in/../../time", "it has other characters"],
    ["a\\..\\b", "it has other characters"],
    ["@../in-time", "its scope"],
    ["@/in-time", "its scope"],
    ["@them/../x", "it begins with no small letter"],
    ["@them", "it begins with no small letter"],
    ["pack#one", "it has other characters"],
    ["aide-strategy-aide-strategy-x", "is added to it"],
    ["a".repeat(250), "npm allows 214 characters"],
  ])('is not "%s"', (given, why) => {
    expect(refusal("strategy", given)).toContain(why);
  });

  it.each([
    ["strategy", "reflection", "aide comes with a strategy of that name"],
    ["search", "greedy", "aide comes with a search of that name"],
    ["executor", "local", "aide comes with an executor of that name"],
    ["strategy", "zod", "a package of that name is installed beside it"],
  ])("of a %s is not one by which a config finds something else: %s", (kindName, given, why) => {
    expect(refusal(kindName, given)).toContain(why);
  });

  it("may be that of a builtin of another kind, or in a scope of one's own", () => {
    expect(pluginName(kind("backend"), "greedy").config).toBe("greedy");
    expect(pluginName(kind("strategy"), "@me/reflection").package).toBe("@me/aide-strategy-reflection");
  });

  it.each(pluginKinds.flatMap(({ kind: one }) => ["mine", "@them/mine"].map((given) => [one, given] as const)))(
    "is one by which aide loads a %s that is installed: %s",
    async (one, given) => {
      const root = freshFolder();
      const name = pluginName(kind(one), given);
      const folder = join(root, "node_modules", name.package);
      mkdirSync(folder, { recursive: true });
      const manifest = { name: name.package, type: "module", exports: { ".": { default: "./index.js" } } };
      writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
      const options = "{ '~standard': { validate() {}, jsonSchema: { input() {} } } }";
      const plugin = `{ kind: "${one}", name: "${name.plugin}", options: ${options}, create() {}, builtWith: { major: 1 } }`;
      writeFileSync(join(folder, "index.js"), `export default ${plugin};`);
      const asked = { source: { kind: "command line", folder: root }, key: "use" } as const;
      expect(await loadPlugin(one, name.config, asked, builtins)).toMatchObject({ kind: one, name: "mine" });
    },
  );

  it("knows all plugins that come with aide", () => {
    const listed = Object.entries(builtinNames).flatMap(([one, names]) => names.map((name) => `${one}:${name}`));
    expect(listed.toSorted()).toEqual([...builtins.keys()].toSorted());
  });

  it("knows what lies beside a plugin under a name that it could have", () => {
    const plain = Object.keys(otherVersions).filter((name) => !name.startsWith("@"));
    expect([...packagesBeside].toSorted()).toEqual(plain.toSorted());
  });
});

/** Names as people write them, and worse. */
const anyName = fc.oneof(
  fc.stringMatching(/^[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,8}){0,3}$/),
  fc.stringMatching(/^@[a-z0-9._-]{0,8}\/[a-z0-9-]{0,12}$/),
  fc.stringMatching(/^(aide-)?(strategy-)?[A-Za-z0-9._/@#~ -]{0,12}$/),
  fc.string(),
  fc.constantFrom("null", "true", "false", "nan", "con", "node-modules", "constructor", "__proto__"),
);

const accepted = (kindName: string, given: string): PluginName | undefined => {
  try {
    return pluginName(kind(kindName), given);
  } catch (error) {
    if (!AideError.is(error)) throw error;
    return undefined;
  }
};

describe("any name that is accepted", () => {
  const kinds = fc.constantFrom(...pluginKinds);
  const always = (check: (of: (typeof pluginKinds)[number], name: PluginName) => void): void =>
    fc.assert(
      fc.property(kinds, anyName, (one, given) => {
        const name = accepted(one.kind, given);
        if (name !== undefined) check(one, name);
      }),
      { numRuns: fuzzRuns(2000) },
    );

  it("is a package that npm takes", () =>
    always((_, { package: npm }) => {
      expect(npm).toMatch(/^(?:@[a-z0-9-~][a-z0-9-._~]*\/)?[a-z0-9-~][a-z0-9-._~]*$/);
      expect(npm.length).toBeLessThanOrEqual(214);
    }));

  it("is found again by what configs call it, and by nothing of aide before", () =>
    always((one, { config, package: npm }) => {
      const candidates = candidatePackages(one.kind, config);
      expect(candidates.at(-1)).toBe(npm);
      expect(builtins.has(`${one.kind}:${config}`)).toBe(false);
    }));

  it("means the same plugin as the name of its package", () =>
    always((one, name) => {
      expect(pluginName(one, name.package)).toEqual(name);
      expect(pluginName(one, name.config)).toEqual(name);
    }));

  it("stands in a config and in a path as it is", () =>
    always((_, { config, plugin }) => {
      expect(parse(`use: "${config}"`)).toEqual({ use: config });
      expect(parse(stringify({ use: config }))).toEqual({ use: config });
      expect(plugin).not.toMatch(/[./\\]/);
    }));
});
