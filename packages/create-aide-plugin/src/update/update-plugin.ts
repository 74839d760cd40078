import { recordInvalid } from "../errors.ts";
import { kindNamed } from "../kinds.ts";
import { wellFormedName } from "../names/plugin-name.ts";
import { filesThere, writeFiles } from "../scaffold/folder.ts";
import { readRecord, recordFile, recordText } from "../scaffold/record.ts";
import { scaffoldOf, type Scaffold } from "../scaffold/scaffold.ts";
import { changesOf, targetOf, type Change } from "./changes.ts";
import { checkTree } from "./clean-tree.ts";

export interface UpdateOptions {
  /** Write nothing. */
  readonly dryRun?: boolean;
  /** Write although git could not show what was changed. */
  readonly force?: boolean;
  /** The scaffold of a kind and name; that of this version without. */
  readonly scaffold?: typeof scaffoldOf;
}

/**
 * Renews the scaffold of the plugin in a folder. Nothing that the author changed is overwritten.
 * @throws AIDE_SCAFFOLD_RECORD, AIDE_TREE_UNCLEAN, AIDE_SCAFFOLD_UNWRITABLE
 */
export const updatePlugin = async (folder: string, options: UpdateOptions = {}): Promise<readonly Change[]> => {
  const { dryRun = false, force = false, scaffold = scaffoldOf } = options;
  const record = await readRecord(folder);
  const kind = kindNamed(record.kind);
  if (kind === undefined) throw recordInvalid(recordFile, `there is no kind "${record.kind}"`);
  const renewed: Scaffold = await scaffold(kind, wellFormedName(kind, record.name));
  const changes = changesOf(record, renewed, await filesThere(folder, renewed.files.keys()));
  if (dryRun || changes.length === 0) return changes;
  if (!force) await checkTree(folder);
  const written = changes.map((change) => [targetOf(change), change.after] as const);
  await writeFiles(folder, new Map([...written, [recordFile, recordText(renewed.record)]]));
  return changes;
};
