import { columnNamed, type Dataset, type PreparedData, type Roles } from "../../src/index.ts";
import type { Expected } from "./expected.ts";

/** How what was found differs from what a person says, a line each. */
export const mistakesOf = (
  expected: Expected,
  dataset: Dataset,
  roles: Roles,
  data: PreparedData,
): readonly string[] => [
  ...rolesOf(expected, roles),
  ...columnsOf(expected, dataset),
  ...heldBack(expected, data),
  // Rows may go by another name, or by their order.
  ...(roles.id.train.length === 1 && roles.id.train[0] === expected.labelsBy ? labelsOf(expected, data) : []),
];

const differs = (what: string, found: unknown, wanted: unknown): readonly string[] =>
  JSON.stringify(found) === JSON.stringify(wanted)
    ? []
    : [`${what} ${JSON.stringify(found)}, not ${JSON.stringify(wanted)}`];

const rolesOf = ({ files, targets, answer, ids, hasTest }: Expected, roles: Roles): readonly string[] => {
  const found = new Map(roles.files.map(({ path, role }) => [path, role]));
  const { train, test } = roles.id;
  return [
    ...Object.entries(files).flatMap(([path, role]) => differs(path, found.get(path), role)),
    ...differs("target", roles.targets.toSorted(), targets.toSorted()),
    ...differs("answer", roles.answer.kind, answer),
    ...(ids.some((id) => same(id, train))
      ? []
      : [`id ${JSON.stringify(train)}, not ${ids.map((id) => JSON.stringify(id)).join(" or ")}`]),
    ...(hasTest ? differs("id of the test rows", test, train) : []),
  ];
};

const same = (first: readonly string[], second: readonly string[]): boolean =>
  first.join("\n") === second.join("\n") && first.length === second.length;

const columnsOf = ({ rows, types, missing }: Expected, dataset: Dataset): readonly string[] => {
  const tables = new Map(
    dataset.files.flatMap((file) => (file.kind === "table" ? [[file.path, file.table] as const] : [])),
  );
  return [
    ...Object.entries(rows).flatMap(([path, count]) => differs(`rows of ${path}`, tables.get(path)?.rows, count)),
    ...Object.entries(types).flatMap(([path, columns]) =>
      Object.entries(columns).flatMap(([name, type]) => {
        const column = columnNamed(tables.get(path), name);
        return [
          ...differs(`type of ${name}`, column?.type, type),
          ...differs(`gaps of ${name}`, column?.missing, missing[path]?.[name]),
        ];
      }),
    ),
  ];
};

const heldBack = ({ split, labelled, kind, targets, classes }: Expected, data: PreparedData): readonly string[] => {
  const by = data.split.by === "random" ? "random" : `${data.split.by} by ${data.split.column}`;
  const likely = split.by === "random" ? ["random"] : split.columns.map((column) => `${split.by} by ${column}`);
  return [
    ...(likely.includes(by) ? [] : [`split ${by}, not ${likely.join(" or ")}`]),
    ...differs("labelled rows", data.labelled, labelled),
    ...(kind === "classes" && targets.length === 1
      ? differs("classes", plainSorted(data.classes), plainSorted(classes))
      : []),
    ...(data.heldOut === undefined ? ["no row is held back"] : []),
  ];
};

const labelsOf = ({ labels }: Expected, data: PreparedData): readonly string[] => {
  const rows = [...(data.heldOut?.truth ?? [])];
  const wrong = rows.filter(([key, found]) => !sameLabels(found, labels[key]));
  const [first] = wrong;
  if (first === undefined) return [];
  const [key, found] = first;
  const wanted = JSON.stringify(labels[key]);
  return [`label of row ${key} ${JSON.stringify(found)}, not ${wanted} (${wrong.length} of ${rows.length})`];
};

const sameLabels = (found: readonly string[], wanted: readonly string[] = []): boolean =>
  found.length === wanted.length && found.every((label, at) => plain(label) === plain(wanted[at] ?? ""));

/** 4 for 4.0; pandas reads the last digits of a long fraction otherwise. */
const plain = (text: string): string =>
  text === "" || Number.isNaN(Number(text)) || /^\d{16,}$/.test(text) ? text : Number(text).toPrecision(12);

const plainSorted = (texts: readonly string[]): readonly string[] => texts.map(plain).toSorted();
