import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { z } from "zod";
import { ask } from "./ask.ts";
import { asPng, colours, type Image } from "./png.ts";

const image: fc.Arbitrary<Image> = fc
  .constantFrom(0 as const, 2 as const, 3 as const, 4 as const, 6 as const)
  .chain((colour) =>
    fc.tuple(fc.constant(colour), fc.constantFrom(...colours[colour].bits), fc.integer({ min: 1, max: 9 })),
  )
  .chain(([colour, bits, side]) => {
    const count = side * side * colours[colour].channels;
    return fc.record({
      colour: fc.constant(colour),
      bits: fc.constant(bits),
      width: fc.constant(side),
      height: fc.constant(side),
      samples: fc.array(fc.nat(2 ** bits - 1), { minLength: count, maxLength: count }),
      filters: fc.array(fc.nat(4), { minLength: side, maxLength: side }),
      ...(colour === 3
        ? { palette: fc.array(fc.nat(255), { minLength: 3 * 2 ** bits, maxLength: 3 * 2 ** bits }) }
        : {}),
    });
  });

/** Of 16 bits the upper 8 count; what says how transparent a pixel is does not. */
const expected = ({ colour, bits, samples, palette = [] }: Image): readonly number[] => {
  if (colour === 3) return samples.flatMap((at) => palette.slice(3 * at, 3 * at + 3)).map((value) => value / 255);
  const { channels } = colours[colour];
  const values = samples.map((value) => (bits === 16 ? (value >> 8) / 255 : value / (2 ** bits - 1)));
  return colour === 4 || colour === 6 ? values.filter((_, at) => at % channels !== channels - 1) : values;
};

it("PNG files of all colours, depths and filters are read pixel by pixel", async () => {
  const folder = mkdtempSync(join(tmpdir(), "aide-png-"));
  const images = fc.sample(image, 400);
  images.forEach((one, at) => writeFileSync(join(folder, `${at}.png`), asPng(one)));
  const read = await ask(
    "pixels",
    images.map(({ width }, at) => [folder, `${at}.png`, width]),
    z.array(z.number()),
  );
  images.forEach((one, at) => {
    const wanted = expected(one);
    expect(read[at]).toHaveLength(wanted.length);
    const away = Math.max(...wanted.map((value, place) => Math.abs(value - read[at]![place]!)));
    expect(away, JSON.stringify({ ...one, samples: [] })).toBeLessThan(1e-9);
  });
});
