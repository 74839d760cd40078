import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { treeUnclean } from "../errors.ts";

const run = promisify(execFile);

/**
 * Sees that git can show what is changed from now on.
 * @throws AIDE_TREE_UNCLEAN where something in the folder is not committed, or where there is no repository
 */
export const checkTree = async (folder: string): Promise<void> => {
  const { stdout } = await run("git", ["status", "--porcelain", "--", "."], { cwd: folder }).catch(() => {
    throw treeUnclean(folder, "the folder is in no git repository");
  });
  const changed = stdout.split("\n").filter((line) => line !== "").length;
  if (changed > 0)
    throw treeUnclean(folder, changed === 1 ? "a file is not committed" : `${changed} files are not committed`);
};
