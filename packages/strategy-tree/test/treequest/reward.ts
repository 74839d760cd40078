/** Uniform-looking in [0, 1): FNV-1a over the places of the path, mixed as MurmurHash3 does at its end. The same function is in run.py. */
export const mixed = (path: readonly number[]): number => {
  let value = 2_166_136_261;
  for (const place of path) value = Math.imul(value ^ (place & 0xffff), 16_777_619) >>> 0;
  value = Math.imul(value ^ (value >>> 16), 0x85_eb_ca_6b) >>> 0;
  value = Math.imul(value ^ (value >>> 13), 0xc2_b2_ae_35) >>> 0;
  return ((value ^ (value >>> 16)) >>> 0) / 2 ** 32;
};

/** A walk: each place along the path adds its own step, then noise in [−0.1, 0.1). */
export const reward = (path: readonly number[], noise: number): number => {
  const steps = path.map((_, depth) => mixed(path.slice(0, depth + 1)) - 0.5);
  const sum = steps.reduce((a, b) => a + b, 0);
  return Math.min(1, Math.max(0, 0.5 + 0.4 * sum + 0.2 * (noise - 0.5)));
};
