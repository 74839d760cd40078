import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { createGunzip } from "node:zlib";
import { z } from "zod";
import { allBinaries } from "../src/library/variants.ts";

/**
 * Writes what the embedded model's library is installed from, `library/` of backend-llamacpp: a lock of node-llama-cpp and what it needs, and checksums
 * and sizes of its binaries, as the configured registry has them. Binaries that it does not have are named, and cannot be installed by aide.
 */
const target = fileURLToPath(new URL("../library/", import.meta.url));
const { version } = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(new URL("../package.json", import.meta.resolve("node-llama-cpp")), "utf8")));

const Lock = z.looseObject({
  packages: z.record(
    z.string(),
    z.looseObject({
      version: z.string().optional(),
      integrity: z.string().optional(),
      optional: z.boolean().optional(),
      optionalDependencies: z.record(z.string(), z.string()).optional(),
    }),
  ),
});
const Dist = z.object({ tarball: z.string(), integrity: z.string() });

const npm = (args: readonly string[], cwd: string): string =>
  execFileSync("npm", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });

const measured = async (tarball: string): Promise<{ readonly bytes: number; readonly unpacked: number }> => {
  const { body } = await fetch(tarball);
  if (body === null) throw new Error(`no tarball of ${tarball}`);
  let [bytes, unpacked] = [0, 0];
  const counted = Readable.fromWeb(body).on("data", (chunk: Buffer) => (bytes += chunk.length));
  for await (const chunk of counted.pipe(createGunzip())) unpacked += chunk.length;
  return { bytes, unpacked };
};

const distOf = (spec: string): z.output<typeof Dist> | undefined => {
  try {
    return Dist.parse(JSON.parse(npm(["view", spec, "dist", "--json"], tmpdir())));
  } catch {
    return undefined;
  }
};

const folder = mkdtempSync(join(tmpdir(), "aide-lock-"));
try {
  writeFileSync(
    join(folder, "package.json"),
    JSON.stringify({ name: "aide-llamacpp", private: true, dependencies: { "node-llama-cpp": version } }),
  );
  npm(
    ["install", "--package-lock-only", "--ignore-scripts", "--omit-lockfile-registry-resolved", "--no-audit"],
    folder,
  );
  const lock = Lock.parse(JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8")));
  // Of optional packages only the machine's own binary is wanted, which the installation adds.
  const packages = Object.fromEntries(
    Object.entries(lock.packages).flatMap(([path, entry]) => {
      const { optionalDependencies: _, resolved: __, ...kept } = entry;
      return entry.optional === true ? [] : [[path, kept]];
    }),
  );
  writeFileSync(join(target, "lock.json"), `${JSON.stringify({ ...lock, packages }, null, 2)}\n`);

  const sum = { bytes: 0, unpacked: 0 };
  for (const [path, { version: one }] of Object.entries(packages)) {
    const name = path.split("node_modules/").at(-1);
    const dist = name === undefined || name === "" ? undefined : distOf(`${name}@${one}`);
    if (dist === undefined) continue;
    const { bytes, unpacked } = await measured(dist.tarball);
    sum.bytes += bytes;
    sum.unpacked += unpacked;
  }
  const binaries: Record<string, unknown> = {};
  for (const name of allBinaries) {
    const dist = distOf(`@node-llama-cpp/${name}@${version}`);
    if (dist === undefined) console.log(`${name}: not in this registry`);
    else binaries[name] = { integrity: dist.integrity, ...(await measured(dist.tarball)) };
  }
  writeFileSync(join(target, "sizes.json"), `${JSON.stringify({ shared: sum, binaries }, null, 2)}\n`);
} finally {
  rmSync(folder, { recursive: true });
}
