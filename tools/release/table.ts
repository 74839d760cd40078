import { unpackedSize, type PackedPackage } from "./packed-package.ts";

const kilobytes = (bytes: number): string => (bytes / 1000).toFixed(1);

/** What would be published, a package a line. */
export const renderTable = (packages: readonly PackedPackage[], tag: string): string => {
  const rows = [
    ["package", "version", "files", "packed kB", "unpacked kB", "tag"],
    ...packages.map((one) => [
      one.manifest.name,
      one.manifest.version,
      String(one.files.size),
      kilobytes(one.packed),
      kilobytes(unpackedSize(one)),
      tag,
    ]),
  ];
  const width = (column: number): number => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  const numbers = [2, 3, 4];
  return rows
    .map((row) =>
      row
        .map((cell, column) => (numbers.includes(column) ? cell.padStart(width(column)) : cell.padEnd(width(column))))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
};
