import { suggest } from "@aide-ts/core";
import type { AideError } from "@aide-ts/plugin";
import { commandUnknown } from "../errors.ts";

export const unknownCommand = (name: string, known: readonly string[]): AideError => {
  const meant = suggest(name, known);
  return commandUnknown(name, meant);
};
