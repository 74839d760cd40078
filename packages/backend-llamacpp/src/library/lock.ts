import { readFile } from "node:fs/promises";
import { z } from "zod";
import { libraryUnavailable } from "../errors.ts";
import type { Variant } from "./variants.ts";

const size = { bytes: z.int(), unpacked: z.int() };
const Lock = z.looseObject({
  packages: z.record(z.string(), z.looseObject({})).and(
    z.looseObject({
      "": z.looseObject({ dependencies: z.record(z.string(), z.string()) }),
      "node_modules/node-llama-cpp": z.looseObject({ version: z.string() }),
    }),
  ),
});
const Sizes = z.object({
  shared: z.object(size),
  binaries: z.record(z.string(), z.object({ integrity: z.string(), ...size })),
});

const shipped = async (name: string): Promise<unknown> =>
  JSON.parse(await readFile(new URL(`../../library/${name}`, import.meta.url), "utf8"));

const library = "node-llama-cpp";

/** The version of node-llama-cpp that this package was made for. */
export const libraryVersion = async (): Promise<string> =>
  Lock.parse(await shipped("lock.json")).packages[`node_modules/${library}`].version;

export interface Installation {
  /** What a person reads of it. */
  readonly title: string;
  /** Bytes to download, and on the disk. */
  readonly bytes: number;
  readonly unpacked: number;
  readonly packages: readonly string[];
  /** What npm reads. */
  readonly manifest: string;
  readonly lock: string;
}

/** What is installed for a variant: the shared packages, and its binaries beside them. Rejects with `AIDE_LLAMACPP_UNAVAILABLE`. */
export const installationOf = async ({ name, binaries }: Variant): Promise<Installation> => {
  const lock = Lock.parse(await shipped("lock.json"));
  const { shared, binaries: known } = Sizes.parse(await shipped("sizes.json"));
  const { version } = lock.packages[`node_modules/${library}`];
  const chosen = binaries.map((binary) => {
    const found = known[binary];
    if (found === undefined) throw libraryUnavailable(name, { "no checksum of": `@node-llama-cpp/${binary}` });
    return { ...found, package: `@node-llama-cpp/${binary}` };
  });
  const root = lock.packages[""];
  const dependencies = {
    ...root.dependencies,
    ...Object.fromEntries(chosen.map((binary) => [binary.package, version])),
  };
  const packages = {
    ...lock.packages,
    "": { ...root, dependencies },
    ...Object.fromEntries(
      chosen.map((binary) => [`node_modules/${binary.package}`, { version, integrity: binary.integrity }]),
    ),
  };
  return {
    title: `${library} ${version} (${name})`,
    bytes: chosen.reduce((sum, { bytes }) => sum + bytes, shared.bytes),
    unpacked: chosen.reduce((sum, { unpacked }) => sum + unpacked, shared.unpacked),
    packages: [library, ...chosen.map((binary) => binary.package)],
    manifest: JSON.stringify({ name: "aide-llamacpp", private: true, dependencies }),
    lock: JSON.stringify({ ...lock, packages }),
  };
};
