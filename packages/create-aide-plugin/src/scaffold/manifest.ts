import contract from "@aide-ts/plugin/package.json" with { type: "json" };
import type { PluginKind } from "../kinds.ts";
import type { PluginName } from "../names/plugin-name.ts";

/** Of the packages of aide that a scaffold is made for. They are released together. */
export const aideVersion: string = contract.version;

/** Versions of the contract that a plugin works with, as its peer: below 1.0 each later one, as the contract's own major guards what breaks. */
const peerRange = (version: string): string => {
  const [major = "0", minor = "0"] = version.split(".");
  return major === "0" ? `>=0.${minor}.0 <1` : `^${major}.${minor}.0`;
};

/** Versions of others' packages that scaffolds are tested with. */
export const otherVersions = {
  "@changesets/cli": "^3.0.3",
  "@types/node": "^24.19.2",
  typescript: "^7.0.2",
  vitest: "^5.1.1",
  zod: "^4.6.7",
} as const;

type Dependencies = Readonly<Record<string, string>>;

export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly scripts: Dependencies;
  readonly dependencies: Dependencies;
  readonly peerDependencies: Dependencies;
  readonly devDependencies: Dependencies;
  readonly [key: string]: unknown;
}

/** The package.json of a new plugin. */
export const manifestOf = (kind: PluginKind, name: PluginName, version: string): Manifest => {
  const { zod, ...tools } = otherVersions;
  const ours = (packages: readonly string[]): Dependencies =>
    Object.fromEntries(packages.map((one) => [one, `^${version}`]));
  return {
    name: name.package,
    version: "0.0.0",
    description: `A plugin for aide, of the kind ${kind.kind}.`,
    keywords: ["aide", "aide-plugin", kind.kind],
    license: "MIT",
    type: "module",
    files: ["dist"],
    exports: {
      ".": { types: "./dist/index.d.ts", default: "./dist/index.js" },
      "./package.json": "./package.json",
    },
    publishConfig: { access: "public" },
    engines: { node: ">=22.19" },
    aide: { kind: kind.kind },
    scripts: {
      build: "tsc -p tsconfig.build.json",
      test: "vitest run",
      typecheck: "tsc",
      example: `npm run build && ${kind.example.replace("CONFIG_NAME", name.config)}`,
      release: "npm run build && changeset publish",
    },
    dependencies: sorted({ ...ours(kind.dependencies), zod }),
    peerDependencies: { "@aide-ts/plugin": peerRange(version) },
    devDependencies: sorted({ ...ours(["@aide-ts/cli", "@aide-ts/plugin", "@aide-ts/testing"]), ...tools }),
  };
};

const sorted = (dependencies: Dependencies): Dependencies =>
  Object.fromEntries(Object.entries(dependencies).toSorted(([a], [b]) => (a < b ? -1 : 1)));

/** As npm writes it. */
export const manifestText = (manifest: object): string => `${JSON.stringify(manifest, null, 2)}\n`;
