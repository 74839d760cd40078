import { randomUUID } from "node:crypto";
import { link, open, rename, rm, utimes, writeFile } from "node:fs/promises";
import { errorCode } from "./identity.ts";

export interface LockFile {
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly heartbeat: number;
}

/** `undefined` where there is none. */
export const readLock = async (path: string): Promise<LockFile | undefined> => {
  try {
    await using file = await open(path, "r");
    return { text: await file.readFile("utf8"), heartbeat: (await file.stat()).mtimeMs };
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
};

/** Writes the text under another name first: whoever finds a lock finds all of its text. */
const withDraft = async <T>(path: string, text: string, publish: (draft: string) => Promise<T>): Promise<T> => {
  const draft = `${path}.${randomUUID()}`;
  try {
    await writeFile(draft, text, { flag: "wx" });
    return await publish(draft);
  } finally {
    await rm(draft, { force: true });
  }
};

const createInPlace = async (path: string, text: string): Promise<void> => {
  await using file = await open(path, "wx");
  try {
    await file.writeFile(text);
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
};

/** False where something lies there already. */
export const createLock = async (path: string, text: string): Promise<boolean> => {
  try {
    await withDraft(path, text, async (draft) => {
      try {
        await link(draft, path);
      } catch (error) {
        if (errorCode(error) === "EEXIST") throw error;
        // Not all file systems have links; what else is wrong shows here again.
        await createInPlace(path, text);
      }
    });
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    throw error;
  }
};

export const replaceLock = (path: string, text: string): Promise<void> =>
  withDraft(path, text, (draft) => rename(draft, path));

const isOurs = async (path: string, text: string): Promise<boolean> => (await readLock(path))?.text === text;

/** Leaves a lock of another text alone, as `touchLock` does. */
export const removeLock = async (path: string, text: string): Promise<void> => {
  if (await isOurs(path, text)) await rm(path, { force: true });
};

export const touchLock = async (path: string, text: string): Promise<void> => {
  if (await isOurs(path, text)) await utimes(path, new Date(), new Date());
};
