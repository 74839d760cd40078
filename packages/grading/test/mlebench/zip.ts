import { crc32, deflateRawSync } from "node:zlib";

/** Little-endian numbers: of 4 bytes, or of 2 where they are given in a list. */
const fields = (...values: readonly (number | readonly [number])[]): Buffer =>
  Buffer.concat(
    values.map((value) => {
      const isShort = typeof value !== "number";
      const bytes = Buffer.alloc(isShort ? 2 : 4);
      return isShort ? (bytes.writeUInt16LE(value[0]), bytes) : (bytes.writeUInt32LE(value), bytes);
    }),
  );

/** A zip archive of one file. */
export const zipOf = (name: string, text: string): Buffer => {
  const [path, content] = [Buffer.from(name), Buffer.from(text)];
  const packed = deflateRawSync(content);
  const about = [[20], [0], [8], [0], [0x21], crc32(content), packed.length, content.length, [path.length]] as const;
  const local = Buffer.concat([fields(0x04034b50, ...about, [0]), path, packed]);
  const entry = Buffer.concat([fields(0x02014b50, [20], ...about, [0], [0], [0], [0], 0, 0), path]);
  return Buffer.concat([local, entry, fields(0x06054b50, [0], [0], [1], [1], entry.length, local.length, [0])]);
};
