const kilobytes = (count: number): number => count * 1000;

const most = kilobytes(400);

/** Packages that are larger for a reason. */
const larger: Readonly<Record<string, number>> = {
  // The tables of the example tasks, and schemas with the options of all plugins.
  "@aide-ts/cli": kilobytes(2000),
  // Reference pipelines of each task.
  "@aide-ts/suite-tabular-small": kilobytes(1100),
};

/** Bytes that a package may have when it is unpacked. */
export const limitOf = (name: string): number => larger[name] ?? most;
