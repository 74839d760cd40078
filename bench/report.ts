export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

export const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

const rounded = (value: number) => Number(value.toFixed(3));

/** One figure beside another of the same run, as the line that benches end with. Lower is better. */
export const report = (figure: {
  readonly name: string;
  readonly ours: number;
  readonly beside: number;
  readonly goal: number;
  readonly rounds: number;
  readonly unit: string;
}): void => {
  const { name, ours, beside, goal, rounds, unit } = figure;
  const ratio = ours / beside;
  const line = { name, ours: rounded(ours), beside: rounded(beside), ratio: rounded(ratio), goal, ok: ratio <= goal };
  console.log(JSON.stringify({ ...line, rounds, unit }));
};
