import { createWriteStream, existsSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { constants, createZstdCompress, type ZstdOptions } from "node:zlib";
import { create } from "tar";
import { cellsOf } from "../cells/cells.ts";
import { readFrozenPlan } from "../folder/frozen-plan.ts";
import { hashOf, manifestFile, type Manifest } from "./manifest.ts";

/** What a report is made from, and what says how a cell was made; of each cell that was begun. */
const cellFiles = ["cell.json", "run.json", "events.jsonl", "grades.json", "best_solution.py", "report.md"];

/** Logs repeat each other, from cell to cell: looked for over 128 MiB, they take a seventh of what gzip makes of them. */
const compression: ZstdOptions = {
  params: {
    [constants.ZSTD_c_compressionLevel]: 12,
    [constants.ZSTD_c_enableLongDistanceMatching]: 1,
    [constants.ZSTD_c_windowLog]: 27,
  },
};

/**
 * Packs all that a report needs into one file: plan, logs with prompts and answers, grades, settings and package versions of each cell. No data,
 * no model, no label. The same folder gives the same bytes.
 * @param home the user's own folder, which stands as `~` in what a cell was begun with: its name is nobody else's business
 * @throws AIDE_ABLATION_UNREADABLE
 */
export const packCapsule = async (root: string, path: string, home: string): Promise<{ readonly files: number }> => {
  const { plan } = await readFrozenPlan(root);
  const wanted = ["plan.json", ...cellsOf(plan).flatMap(({ folder }) => cellFiles.map((file) => join(folder, file)))];
  const present = wanted.filter((file) => existsSync(join(root, file))).toSorted();
  await mkdir(dirname(path), { recursive: true });
  const scratch = await mkdtemp(join(dirname(path), ".capsule-"));
  try {
    const hashes: Record<string, string> = {};
    for (const file of present) {
      const copy = join(scratch, file);
      await mkdir(dirname(copy), { recursive: true });
      if (basename(file) === "run.json")
        await writeFile(copy, (await readFile(join(root, file), "utf8")).replaceAll(`"${home}/`, '"~/'));
      else await copyFile(join(root, file), copy);
      hashes[file] = hashOf(await readFile(copy));
    }
    const manifest: Manifest = { format: 1, name: plan.name, files: hashes };
    await writeFile(join(scratch, manifestFile), `${JSON.stringify(manifest, null, 1)}\n`);
    const draft = `${scratch}.tar.zst`;
    // Neither times nor owners: they say nothing of the ablation.
    const tar = create({ portable: true, noMtime: true, cwd: scratch }, [manifestFile, ...present]);
    await pipeline(tar, createZstdCompress(compression), createWriteStream(draft));
    await rename(draft, path);
    return { files: present.length };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
};
