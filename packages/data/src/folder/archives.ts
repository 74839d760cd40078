import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { basename, dirname, join, resolve, sep } from "node:path";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { createGunzip } from "node:zlib";
import { AideError, messageOf } from "@aide-ts/plugin";
import { extract as extractTar, list as listTar } from "tar";
import yauzl, { type Entry, type ZipFile } from "yauzl";
import { archiveRefused } from "../errors.ts";

export interface ArchiveLimits {
  /** The most bytes that all archives of a folder may unpack to. */
  readonly bytes: number;
  readonly entries: number;
}

const defaults: ArchiveLimits = { bytes: 64 * 2 ** 30, entries: 1_000_000 };

/**
 * Unpacks every archive (`.zip`, `.tar`, `.tar.gz`, `.tgz`, `.gz`) in a folder beside itself, then removes it; archives inside archives too.
 * macOS leftovers are dropped.
 * @throws AIDE_ARCHIVE_REFUSED for an entry that leaves the folder, a link, or more than the limits.
 */
export const extractArchives = async (folder: string, limits: ArchiveLimits = defaults): Promise<readonly string[]> => {
  const extracted: string[] = [];
  const left = { bytes: limits.bytes, entries: limits.entries };
  for (let round = 0; round < 3; round++) {
    const archives = await findArchives(folder);
    if (archives.length === 0) break;
    for (const archive of archives) {
      await unpack(archive, await folderFor(archive), left);
      await rm(archive);
      extracted.push(archive);
    }
  }
  await dropLeftovers(folder);
  return extracted;
};

const findArchives = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && /\.(zip|tar|tgz|gz)$/i.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();

const isTar = (archive: string): boolean => /\.(tar|tar\.gz|tgz)$/i.test(archive);

const unpack = async (archive: string, folder: string, left: { bytes: number; entries: number }): Promise<void> => {
  await mkdir(folder, { recursive: true });
  if (/\.zip$/i.test(archive)) return unzip(archive, folder, left);
  if (isTar(archive)) return untar(archive, folder, left);
  return gunzip(archive, folder, left);
};

/** Beside the archive; in a folder of its own where one of its files would take another's place. */
const folderFor = async (archive: string): Promise<string> => {
  const beside = dirname(archive);
  for (const name of await namesIn(archive))
    if (await exists(join(beside, name))) return `${archive.replace(/\.[^./]+$/, "")}-unpacked`;
  return beside;
};

const namesIn = async (archive: string): Promise<readonly string[]> => {
  if (/\.zip$/i.test(archive)) {
    const names: string[] = [];
    const zip = await openZip(archive).catch(() => undefined);
    if (zip === undefined) return names;
    try {
      for await (const { fileName } of entriesOf(zip)) if (!fileName.endsWith("/")) names.push(fileName);
    } catch {
      // Reported when it is unpacked.
    } finally {
      zip.close();
    }
    return names;
  }
  if (!isTar(archive)) return [basename(archive).replace(/\.gz$/i, "")];
  const names: string[] = [];
  await listTar({ file: archive, onReadEntry: ({ path, type }) => void (type === "File" && names.push(path)) }).catch(
    () => undefined,
  );
  return names;
};

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

const take = (archive: string, left: { bytes: number; entries: number }, bytes: number): void => {
  left.entries--;
  left.bytes -= bytes;
  if (left.entries < 0 || left.bytes < 0) throw archiveRefused(archive, "it unpacks to more than is allowed");
};

const inside = (archive: string, folder: string, name: string): string => {
  const target = resolve(folder, name);
  if (!target.startsWith(folder + sep)) throw archiveRefused(archive, `its entry "${name}" leaves the folder`);
  return target;
};

const openZip = promisify((file: string, done: (error: Error | null, zip: ZipFile) => void) =>
  yauzl.open(file, { lazyEntries: true, autoClose: false }, done),
);

const unzip = async (archive: string, folder: string, left: { bytes: number; entries: number }): Promise<void> => {
  const zip = await openZip(archive).catch((cause: unknown) => {
    throw archiveRefused(archive, messageOf(cause));
  });
  try {
    for await (const entry of entriesOf(zip)) await unzipEntry(archive, folder, zip, entry, left);
  } catch (error) {
    throw AideError.is(error) ? error : archiveRefused(archive, messageOf(error));
  } finally {
    zip.close();
  }
};

async function* entriesOf(zip: ZipFile): AsyncGenerator<Entry> {
  for (;;) {
    const next = await new Promise<Entry | undefined>((resolveEntry, reject) => {
      zip.removeAllListeners();
      zip
        .once("entry", resolveEntry)
        .once("end", () => resolveEntry(undefined))
        .once("error", reject);
      zip.readEntry();
    });
    if (next === undefined) return;
    yield next;
  }
}

const unzipEntry = async (
  archive: string,
  folder: string,
  zip: ZipFile,
  entry: Entry,
  left: { bytes: number; entries: number },
): Promise<void> => {
  const target = inside(archive, folder, entry.fileName);
  const unixType = (entry.externalFileAttributes >>> 16) & 0o170000;
  if (unixType === 0o120000) throw archiveRefused(archive, `its entry "${entry.fileName}" is a link`);
  take(archive, left, entry.uncompressedSize);
  if (entry.fileName.endsWith("/")) {
    await mkdir(target, { recursive: true });
    return;
  }
  await mkdir(dirname(target), { recursive: true });
  // yauzl itself fails an entry that holds more than it declared.
  await pipeline(await promisify(zip.openReadStream.bind(zip, entry))(), createWriteStream(target));
};

const untar = async (archive: string, folder: string, left: { bytes: number; entries: number }): Promise<void> => {
  const problems: AideError[] = [];
  await listTar({
    file: archive,
    strict: true,
    onReadEntry: (entry) => {
      try {
        inside(archive, folder, entry.path);
        if (entry.type === "SymbolicLink" || entry.type === "Link")
          throw archiveRefused(archive, `its entry "${entry.path}" is a link`);
        take(archive, left, entry.size ?? 0);
      } catch (error) {
        if (AideError.is(error)) problems.push(error);
      }
    },
  });
  const [problem] = problems;
  if (problem !== undefined) throw problem;
  await extractTar({ file: archive, cwd: folder, strict: true });
};

const gunzip = async (archive: string, folder: string, left: { bytes: number; entries: number }): Promise<void> => {
  const source = createReadStream(archive).pipe(createGunzip());
  await pipeline(
    source,
    async function* count(chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        take(archive, { ...left, entries: 1 }, 0);
        left.bytes -= chunk.length;
        if (left.bytes < 0) throw archiveRefused(archive, "it unpacks to more than is allowed");
        yield chunk;
      }
    },
    createWriteStream(join(folder, basename(archive).replace(/\.gz$/i, ""))),
  );
};

const dropLeftovers = async (folder: string): Promise<void> => {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if ((await exists(path)) && (entry.name === "__MACOSX" || entry.name === ".DS_Store"))
      await rm(path, { recursive: true, force: true });
  }
};
