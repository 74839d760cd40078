import { dirname } from "node:path";

/** Where keys of a config stand: in a file, or on a command line that was given in a folder. */
export type ConfigSource =
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "command line"; readonly folder: string };

/** The folder from which plugins are resolved and relative paths are meant. */
export const folderOfSource = (source: ConfigSource): string =>
  source.kind === "file" ? dirname(source.path) : source.folder;

/** What errors call it. */
export const nameOfSource = (source: ConfigSource): string =>
  source.kind === "file" ? source.path : "the command line";

/** Which key names a plugin. */
export interface AskedBy {
  readonly source: ConfigSource;
  readonly key: string;
}
