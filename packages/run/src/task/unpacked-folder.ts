import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Where a user's data are unpacked. */
export interface UnpackedFolder extends AsyncDisposable {
  readonly path: string;
}

/** A folder apart from the workspace, which its owner alone can enter: unpacked data hold the labels that scripts are scored on. */
export const unpackedFolder = async (): Promise<UnpackedFolder> => {
  const parent = await mkdtemp(join(tmpdir(), "aide-data-"));
  return {
    path: join(parent, "data"),
    [Symbol.asyncDispose]: () => rm(parent, { recursive: true, force: true }),
  };
};
