/** What a folder of data holds, read from a bounded part of each file. */
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
  readonly format: "csv" | "parquet";
  readonly delimiter: string;
  /** Rows of the file; an estimate where only its head was read. */
  readonly rows: number;
  readonly exact: boolean;
  readonly columns: readonly Column[];
}

export type ColumnType = "integer" | "number" | "boolean" | "category" | "text" | "date" | "empty";

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  /** Of the rows that were read. */
  readonly missing: number;
  readonly read: number;
  readonly unique: number;
  /** For numbers. */
  readonly range?: readonly [least: number, most: number];
  /** The most frequent values, most frequent first; for categories all where they are few. */
  readonly values: readonly string[];
}
