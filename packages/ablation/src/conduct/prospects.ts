import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { asSystemError } from "@aide-ts/run";
import { isOfInfrastructure, type CellEnding } from "../cells/ending.ts";
import { infrastructureFails, nothingMade } from "../errors.ts";

const launchesWithout = 3;
const launchesOfFailures = 2;

/** Whether another launch would make what is left, by what the ones before came to. */
export class Prospects {
  readonly #root: string;
  readonly #launchFolder: string;
  #before: readonly CellEnding[] | undefined;
  #inVain = 0;
  #failing = 0;

  constructor(root: string, launchFolder: string) {
    this.#root = root;
    this.#launchFolder = launchFolder;
  }

  /**
   * Asked before each launch.
   * @param attempts of all cells
   * @param open cells that are left
   * @throws AIDE_DISK_FULL, AIDE_FILE_FORBIDDEN, AIDE_ABLATION_STUCK, AIDE_ABLATION_FAILED
   */
  async check(attempts: readonly CellEnding[], open: number): Promise<void> {
    const before = this.#before;
    this.#before = attempts;
    if (before === undefined) return;
    this.#inVain = attempts.length === before.length ? this.#inVain + 1 : 0;
    if (this.#inVain > 0) await checkWritable(this.#launchFolder);
    // Each further launch would cost cells an attempt.
    if (attempts.filter(foundFullDisk).length > before.filter(foundFullDisk).length)
      throw asSystemError({ code: "ENOSPC", path: this.#root });
    if (this.#inVain === launchesWithout) throw nothingMade(open, this.#launchFolder);
    // As long as some cells are made, those that fail are given up one by one.
    if (attempts.every(isOfInfrastructure)) this.#failing += 1;
    const last = attempts.findLast(isOfInfrastructure);
    if (this.#failing === launchesOfFailures && last !== undefined) throw infrastructureFails(last);
  }
}

const foundFullDisk = (ending: CellEnding): boolean => ending.kind === "failed" && ending.code === "AIDE_DISK_FULL";

/** A process that can write nothing can say nothing. @throws AIDE_DISK_FULL, AIDE_FILE_FORBIDDEN */
const checkWritable = async (folder: string): Promise<void> => {
  const path = join(folder, "room");
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(path, Buffer.alloc(65_536));
  } catch (error) {
    throw asSystemError(error) ?? error;
  } finally {
    await rm(path, { force: true });
  }
};
