import type { PluginKind } from "../kinds.ts";
import type { PluginName } from "../names/plugin-name.ts";
import { aideVersion, manifestOf, manifestText } from "./manifest.ts";
import { digestsOf, manifestFile, type ScaffoldRecord } from "./record.ts";
import { filledTemplates, type Files } from "./templates.ts";

export interface Scaffold {
  readonly files: Files;
  /** Of these files; it lies beside them. */
  readonly record: ScaffoldRecord;
}

/** All that a plugin is generated with, in the order of paths. */
export const scaffoldOf = async (kind: PluginKind, name: PluginName, version = aideVersion): Promise<Scaffold> => {
  const templates = await filledTemplates(kind, name);
  const all = [...templates, [manifestFile, manifestText(manifestOf(kind, name, version))] as const];
  const files = new Map(all.toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return { files, record: { kind: kind.kind, name: name.config, version, files: digestsOf(files) } };
};
