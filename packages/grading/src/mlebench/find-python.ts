import { constants } from "node:fs";
import { access, readFile, realpath } from "node:fs/promises";
import { delimiter, isAbsolute, join } from "node:path";

/**
 * The Python that an installed `mlebench` is run by: the interpreter that the program on the PATH names in its first lines.
 * @param searchPath as `PATH`
 * @returns `undefined` where there is no such program, or it is none of a Python
 */
export const findMleBenchPython = async (searchPath: string): Promise<string | undefined> => {
  const program = await onPath("mlebench", searchPath);
  if (program === undefined) return undefined;
  const named = interpreterIn(await readFile(await realpath(program), "latin1").catch(() => ""));
  if (named === undefined || isAbsolute(named)) return named;
  return onPath(named, searchPath);
};

/**
 * Of a script that pip or conda wrote: `#!/venv/bin/python`, `#!/usr/bin/env python3`, or where that would be too long for a system `#!/bin/sh` with
 * `'''exec' "/venv/bin/python" "$0" "$@"` in the next line.
 */
const interpreterIn = (script: string): string | undefined => {
  const [first = "", second = ""] = script.split("\n", 2);
  if (!first.startsWith("#!")) return undefined;
  const path =
    /exec'? "?([^"]*python[\d.]*)"? /.exec(second)?.[1] ??
    /^#!\s*(?:\S*\/env\s+)?(.*python[\d.]*)\s*$/.exec(first)?.[1];
  return path?.trim();
};

const onPath = async (name: string, searchPath: string): Promise<string | undefined> => {
  for (const folder of searchPath.split(delimiter)) {
    const path = join(folder, name);
    if (folder !== "" && (await isExecutable(path))) return path;
  }
  return undefined;
};

const isExecutable = (path: string): Promise<boolean> =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
