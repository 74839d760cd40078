import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { python, typescript, type Language } from "./syntax/languages.ts";
import type { Syntax } from "./syntax/syntax.ts";

/** A file of a package. */
export interface SourceFile {
  /** Below the root. */
  readonly path: string;
  readonly text: string;
  readonly language: Language;
}

export interface Source extends SourceFile {
  readonly syntax: Syntax;
}

const languages = [typescript, python];

/** @throws Error for a text that is no program. */
export const read = (files: readonly SourceFile[]): readonly Source[] =>
  languages.flatMap((language) => {
    const own = files.filter((file) => file.language === language);
    const trees = language.read(own.map(({ text }) => text));
    return own.flatMap((file, at) => {
      const syntax = trees[at];
      return syntax === undefined ? [] : [{ ...file, syntax }];
    });
  });

/** All sources of a package below the root, whatever they are written in. */
export const sourcesOf = (root: string, name: string): readonly Source[] =>
  read(
    languages.flatMap((language) =>
      globSync(join("packages", name, language.files), { cwd: root })
        .toSorted()
        .map((path) => ({ path, text: readFileSync(join(root, path), "utf8"), language })),
    ),
  );
