import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join, posix } from "node:path";
import type { Script } from "@aide-ts/plugin";
import { scriptFileRefused } from "../errors.ts";

/** The name of a script in its folder. */
export const scriptFile = "runfile.py";

const reserved = [scriptFile, "input", "working", "submission", ".home", ".tmp"];

const isAllowed = (path: string): boolean => {
  const parts = path.split("/");
  return (
    path !== "" &&
    !path.includes("\0") &&
    !path.includes("\\") &&
    !posix.isAbsolute(path) &&
    parts.every((part) => part !== ".." && part !== "." && part !== "") &&
    !reserved.includes(parts[0] ?? "")
  );
};

/** @throws AideError `AIDE_SCRIPT_FILE` for a path that would leave the script's folder or take a place that is ours. */
export const checkFiles = (files: NonNullable<Script["files"]>): void => {
  for (const path of Object.keys(files)) {
    if (!isAllowed(path)) throw scriptFileRefused(path, reserved);
  }
};

export const writeFiles = async (folder: string, files: NonNullable<Script["files"]>): Promise<void> => {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
};
