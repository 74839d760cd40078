import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import type { Host } from "@aide-ts/plugin";

/** Path of a program that the user's shell would find; `undefined` where there is none. */
export const programOnPath = (name: string, host: Pick<Host, "env">): string | undefined =>
  (host.env("PATH") ?? "")
    .split(delimiter)
    .filter((folder) => folder !== "")
    .map((folder) => join(folder, name))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
