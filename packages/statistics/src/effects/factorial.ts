/** An arm of a factorial design: which level it has on each axis. */
export type Levels = Readonly<Record<string, string>>;

/** What an arm's mean counts in an effect. */
export interface Effect {
  readonly name: string;
  readonly kind: "main effect" | "interaction";
  readonly coefficients: readonly number[];
}

/**
 * Main effects and two-way interactions of a design, each level against its axis's first: coefficients for the arms' means, in their order.
 * An effect is left out where excluded arms leave it without an equal comparison: only combinations of the other axes that have both levels
 * count, each as much as any other.
 */
export const factorialEffects = (arms: readonly Levels[]): readonly Effect[] => {
  const axes = [...new Set(arms.flatMap((arm) => Object.keys(arm)))];
  const levelsOf = (axis: string): readonly string[] => [...new Set(arms.flatMap((arm) => arm[axis] ?? []))];
  const indexOf = (wanted: Levels): number => arms.findIndex((arm) => axes.every((axis) => arm[axis] === wanted[axis]));

  /** The mean, over all combinations of the axes not named, of signed arms. */
  const averaged = (signed: readonly (readonly [sign: number, levels: Levels])[]): readonly number[] | undefined => {
    const named = Object.keys(signed[0]?.[1] ?? {});
    const others = unique(
      arms.map((arm) =>
        Object.fromEntries(axes.filter((axis) => !named.includes(axis)).map((axis) => [axis, arm[axis] ?? ""])),
      ),
    );
    const complete = others
      .map((other) => signed.map(([sign, levels]) => ({ sign, arm: indexOf({ ...other, ...levels }) })))
      .filter((terms) => terms.every(({ arm }) => arm >= 0));
    if (complete.length === 0) return undefined;
    const coefficients = arms.map(() => 0);
    for (const { sign, arm } of complete.flat()) coefficients[arm] = (coefficients[arm] ?? 0) + sign / complete.length;
    return coefficients;
  };

  const effects: Effect[] = [];
  for (const axis of axes) {
    const [reference = "", ...levels] = levelsOf(axis);
    for (const level of levels) {
      const coefficients = averaged([
        [1, { [axis]: level }],
        [-1, { [axis]: reference }],
      ]);
      if (coefficients !== undefined)
        effects.push({ name: `${axis}: ${level} − ${reference}`, kind: "main effect", coefficients });
    }
  }
  for (const [at, one] of axes.entries())
    for (const other of axes.slice(at + 1)) {
      const [first = "", ...ones] = levelsOf(one);
      const [second = "", ...others] = levelsOf(other);
      for (const level of ones)
        for (const beside of others) {
          const coefficients = averaged([
            [1, { [one]: level, [other]: beside }],
            [-1, { [one]: first, [other]: beside }],
            [-1, { [one]: level, [other]: second }],
            [1, { [one]: first, [other]: second }],
          ]);
          if (coefficients !== undefined)
            effects.push({ name: `${one}: ${level} × ${other}: ${beside}`, kind: "interaction", coefficients });
        }
    }
  return effects;
};

const unique = (levels: readonly Levels[]): readonly Levels[] => [
  ...new Map(levels.map((one) => [JSON.stringify(Object.entries(one).toSorted()), one])).values(),
];
