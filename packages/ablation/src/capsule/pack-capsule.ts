import { existsSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { create } from "tar";
import { cellsOf } from "../cells/cells.ts";
import { readFrozenPlan } from "../folder/frozen-plan.ts";
import { hashOf, manifestFile, type Manifest } from "./manifest.ts";

/** What a report is made from, and what says how a cell was made; of each cell that was begun. */
const cellFiles = ["cell.json", "run.json", "events.jsonl", "grades.json", "best_solution.py", "report.md"];

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
    const draft = `${scratch}.tgz`;
    // Neither times nor owners: they say nothing of the ablation.
    await create({ gzip: true, portable: true, noMtime: true, cwd: scratch, file: draft }, [manifestFile, ...present]);
    await rename(draft, path);
    return { files: present.length };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
};
