import type { Json } from "@aide-ts/plugin";
import type { RunRecord } from "@aide-ts/run/record";

/** What a cell ran on, for readers. */
export interface MadeWith {
  readonly version: string;
  readonly models: string;
  readonly python: string;
  readonly hardware: string;
  /** Why a sealed task was no test of the frozen setup; nothing where it was one, or need not be. */
  readonly exploratory: string | undefined;
}

export const madeWith = ({ version, models, environment, hardware, origin }: RunRecord): MadeWith => ({
  version,
  models: Object.entries(models)
    .map(([role, model]) => `${role}: ${modelText(model)}`)
    .join("; "),
  python: [`Python ${textOf(environment, "python")}`, ...packagesIn(environment)].join(", "),
  hardware: hardwareText(hardware),
  exploratory: typeof origin?.["exploratory"] === "string" ? origin["exploratory"] : undefined,
});

type Fields = Readonly<Record<string, Json>>;

const fieldsOf = (value: Json | undefined): Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).flatMap(([key, inner]) => (inner === undefined ? [] : [[key, inner]])))
    : {};

const textOf = (value: Json | undefined, key: string): string => {
  const found = fieldsOf(value)[key];
  return typeof found === "string" || typeof found === "number" ? String(found) : "?";
};

/** What names a model, its weights and the server's version, of all that a server says of itself. */
const telling = ["file", "root", "quantisation", "dtype", "server", "version", "node-llama-cpp"];

const modelText = (model: Json): string => {
  const { details } = fieldsOf(model);
  const facts = telling.flatMap((key) => (fieldsOf(details)[key] === undefined ? [] : [textOf(details, key)]));
  return [textOf(model, "model"), `context ${textOf(model, "contextTokens")}`, ...new Set(facts)].join(", ");
};

const packagesIn = (environment: Json): readonly string[] =>
  Object.entries(fieldsOf(fieldsOf(environment)["packages"])).map(([name, version]) => `${name} ${String(version)}`);

const hardwareText = (hardware: Json): string => {
  const { gpus, memoryBytes } = fieldsOf(hardware);
  const memory = typeof memoryBytes === "number" ? [`${(memoryBytes / 2 ** 30).toFixed(0)} GiB`] : [];
  const cards = Array.isArray(gpus) ? gpus.map(String) : [];
  return [`${textOf(hardware, "cpus")} cores`, ...memory, ...cards].join(", ");
};
