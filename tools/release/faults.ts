import { limitOf } from "./limits.ts";
import { unpackedSize, type Exports, type Manifest, type PackedPackage } from "./packed-package.ts";

const targetsOf = (exports: Exports): readonly string[] =>
  typeof exports === "string" ? [exports] : Object.values(exports).flatMap(targetsOf);

const pathsNamedBy = ({ exports = {}, bin = {} }: Manifest): readonly string[] =>
  [...targetsOf(exports), ...Object.values(bin)].map((path) => path.replace(/^\.\//, ""));

const rangesOf = ({ dependencies, peerDependencies, optionalDependencies }: Manifest): readonly [string, string][] =>
  Object.entries({ ...dependencies, ...peerDependencies, ...optionalDependencies });

const unlike = (manifest: Manifest, repository: string): readonly string[] => {
  const directory = `packages/${manifest.name.replace("@aide-ts/", "")}`;
  const wanted: readonly [string, boolean][] = [
    ["description", (manifest.description ?? "") !== ""],
    ["license", manifest.license === "MIT"],
    ["keywords", (manifest.keywords ?? []).length > 0],
    ["engines", manifest.engines?.["node"] !== undefined],
    ["repository", manifest.repository?.url === repository && manifest.repository.directory === directory],
  ];
  return wanted.filter(([, good]) => !good).map(([field]) => `package.json says no ${field}, or another one`);
};

/** What the build made of a source that is there no more. */
const leftovers = ({ files, sources }: PackedPackage): readonly string[] =>
  [...files.keys()].filter(
    (path) => path.startsWith("dist/") && !sources.has(path.slice("dist/".length).replace(/(\.d\.ts|\.js)$/, ".ts")),
  );

/**
 * What is wrong with a package that would be published.
 * @param repository The `repository.url` of all, which npm checks provenance against.
 */
export const faultsOf = (one: PackedPackage, repository: string): readonly string[] => {
  const { manifest, files } = one;
  const limit = limitOf(manifest.name);
  const size = unpackedSize(one);
  return [
    ...["README.md", "LICENSE", "CHANGELOG.md"].filter((file) => !files.has(file)).map((file) => `has no ${file}`),
    ...unlike(manifest, repository),
    ...pathsNamedBy(manifest)
      .filter((path) => !files.has(path))
      .map((path) => `names ${path}, which is not in it`),
    ...rangesOf(manifest)
      .filter(([, range]) => /^(workspace|catalog|link|file):/.test(range))
      .map(([name, range]) => `depends on ${name} as ${range}, which no registry knows`),
    ...[...files.keys()].filter((path) => path.endsWith(".map")).map((path) => `holds the source map ${path}`),
    ...[...files.keys()]
      .filter((path) => /(^|\/)(test|src)\//.test(path) && !path.startsWith("templates/"))
      .map((path) => `holds ${path}, which nobody who installs it reads`),
    ...leftovers(one).map((path) => `holds ${path}, of a source that is gone: remove dist and build again`),
    ...(size < limit ? [] : [`takes ${Math.ceil(size / 1000)} kB unpacked, more than ${limit / 1000}`]),
  ];
};
