/** What a folder of data holds: its tables as pandas reads them, and a line on everything else. */
export interface Dataset {
  readonly files: readonly DataFile[];
  /** Files beyond the ones that are listed. */
  readonly unlisted: number;
}

export type DataFile = {
  /** Relative to the data folder, with `/`. */ readonly path: string;
  readonly bytes: number;
} & Content;

export type Content =
  | { readonly kind: "table"; readonly table: Table }
  | { readonly kind: "image"; readonly width: number; readonly height: number; readonly format: string }
  | {
      readonly kind: "images";
      readonly count: number;
      readonly formats: readonly string[];
      readonly sizes: readonly string[];
    }
  | { readonly kind: "json"; readonly shape: string }
  | { readonly kind: "text"; readonly lines: number; readonly start: string }
  | { readonly kind: "folder"; readonly count: number; readonly endings: readonly string[] }
  | { readonly kind: "other"; readonly note: string };

export interface Table {
  readonly path: string;
  readonly bytes: number;
  readonly format: "csv" | "json" | "json-lines" | "parquet" | "excel";
  /** The function of pandas that reads it, and the arguments that it needs beside the path. */
  readonly call: string;
  readonly args: Readonly<Record<string, Argument>>;
  readonly rows: number;
  /** Its columns have no names: pandas counts them from 0. */
  readonly headerless: boolean;
  readonly columns: readonly Column[];
}

export type Argument = string | number | boolean | null | readonly string[] | Readonly<Record<string, string>>;

type ColumnType = "integer" | "number" | "boolean" | "category" | "text" | "date" | "empty";

export interface Column {
  /** As pandas calls it; `""` for an index without a name. */
  readonly name: string;
  readonly position: number;
  readonly type: ColumnType;
  /** Of the rows that were read. */
  readonly missing: number;
  readonly read: number;
  readonly unique: number;
  /** For numbers. */
  readonly range?: readonly [least: number, most: number] | undefined;
  /** For dates, in ISO 8601. */
  readonly dates?: readonly [first: string, last: string] | undefined;
  /** For dates: 03/04/2020 is in April. */
  readonly dayFirst?: boolean | undefined;
  /** The most frequent values, most frequent first; all of them where they are few. */
  readonly values: readonly string[];
  /** What pandas takes for missing, as it is written → rows. */
  readonly tokens?: Readonly<Record<string, number>> | undefined;
  /** Numbers that no argument reads, because a unit stands beside them. */
  readonly style?: NumberStyle | undefined;
}

interface NumberStyle {
  readonly decimal: string;
  readonly thousands: string | null;
  readonly unit: string | null;
}

export const columnNames = (table: Table | undefined): readonly string[] =>
  table?.columns.map(({ name }) => name) ?? [];

export const columnNamed = (table: Table | undefined, name: string | undefined): Column | undefined =>
  table?.columns.find((column) => column.name === name);
