import { crc32, deflateSync } from "node:zlib";

/** Kinds of colour of PNG files: channels, and the bits that one may have. */
export const colours = {
  0: { channels: 1, bits: [1, 2, 4, 8, 16] },
  2: { channels: 3, bits: [8, 16] },
  3: { channels: 1, bits: [1, 2, 4, 8] },
  4: { channels: 2, bits: [8, 16] },
  6: { channels: 4, bits: [8, 16] },
} as const;

export interface Image {
  readonly colour: keyof typeof colours;
  readonly bits: number;
  readonly width: number;
  readonly height: number;
  /** Row after row, channel by channel. */
  readonly samples: readonly number[];
  readonly palette?: readonly number[];
  /** A filter for each row, 0 to 4. */
  readonly filters: readonly number[];
}

const chunk = (name: string, body: Buffer): Buffer => {
  const whole = Buffer.concat([Buffer.from(name, "latin1"), body]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length);
  check.writeUInt32BE(crc32(whole));
  return Buffer.concat([length, whole, check]);
};

const packed = (samples: readonly number[], bits: number): readonly number[] => {
  if (bits === 16) return samples.flatMap((value) => [value >> 8, value & 255]);
  if (bits === 8) return samples;
  const bytes = Array.from({ length: Math.ceil((samples.length * bits) / 8) }, () => 0);
  samples.forEach((value, at) => {
    const place = at * bits;
    bytes[place >> 3]! |= value << (8 - bits - (place & 7));
  });
  return bytes;
};

const paeth = (left: number, upper: number, corner: number): number => {
  const guess = left + upper - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - upper), Math.abs(guess - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? upper : corner;
};

const filtered = (line: readonly number[], above: readonly number[], kind: number, step: number): readonly number[] =>
  line.map((value, at) => {
    const [left, upper, corner] = [line[at - step] ?? 0, above[at] ?? 0, at < step ? 0 : (above[at - step] ?? 0)];
    const predicted = [0, left, upper, (left + upper) >> 1, paeth(left, upper, corner)][kind] ?? 0;
    return (value - predicted) & 255;
  });

/** An image as a PNG file. */
export const asPng = ({ colour, bits, width, height, samples, palette, filters }: Image): Buffer => {
  const { channels } = colours[colour];
  const step = Math.max(1, (channels * bits) / 8);
  const rows = Array.from({ length: height }, (_, at) =>
    packed(samples.slice(at * width * channels, (at + 1) * width * channels), bits),
  );
  const lines = rows.flatMap((row, at) => [
    filters[at] ?? 0,
    ...filtered(row, rows[at - 1] ?? [], filters[at] ?? 0, step),
  ]);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([bits, colour, 0, 0, 0], 8);
  const data = deflateSync(Buffer.from(lines));
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    ...(palette === undefined ? [] : [chunk("PLTE", Buffer.from(palette))]),
    chunk("IDAT", data.subarray(0, 7)),
    chunk("IDAT", data.subarray(7)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
};
