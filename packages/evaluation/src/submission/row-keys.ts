import type { SubmissionFormat } from "@aide-ts/plugin";

const shortest = /^[1-9]\d*$/;
const wholeFraction = /^[1-9]\d*\.0+$/;
const plainNumber = /^([-+]?)0*(\d+)(?:\.(\d*?)0*)?$/;
const withExponent = /^[-+]?\d+(?:\.\d+)?e[-+]?\d+$/i;

/** A number as it is written shortest: `000150`, `150.0` and `1.5e+02` are `150`, of any length. */
const normalPart = (part: string): string => {
  const text = part.trim();
  if (shortest.test(text)) return text;
  if (wholeFraction.test(text)) return text.slice(0, text.indexOf("."));
  const [, sign = "", whole, rest = ""] = plainNumber.exec(text) ?? [];
  if (whole !== undefined) {
    const number = rest === "" ? whole : `${whole}.${rest}`;
    return sign === "-" && number !== "0" ? `-${number}` : number;
  }
  return withExponent.test(text) && Number.isSafeInteger(Number(text)) ? String(Number(text)) : text;
};

/** Parts of a key of several columns are parted by it. */
const tab = "\t";

const normal = (key: string): string =>
  key.includes(tab) ? key.split(tab).map(normalPart).join(tab) : normalPart(key);

/** What a key says, for messages. */
export const spoken = (key: string): string => key.split(tab).join(" ");

/** By its normal form a key of the format; none where two keys have one form. */
const normalForms = (keys: readonly string[]): ReadonlyMap<string, string> => {
  const forms = new Map<string, string>();
  for (const key of keys) forms.set(normal(key), key);
  return forms.size === keys.length ? forms : new Map();
};

/** The key that a row's id cells make. */
export const keyOfCells = (record: readonly string[], ids: readonly number[]): string => {
  let key = record[ids[0] ?? -1] ?? "";
  for (let part = 1; part < ids.length; part++) key += tab + (record[ids[part] ?? -1] ?? "");
  return key;
};

/**
 * Finds the format's key that an id means: as it is written, else by value (`000150` and `150` are one id), where that takes no two keys for one.
 */
export const keyFinder = ({ keys }: SubmissionFormat): ((key: string) => string | undefined) => {
  const exact = new Set(keys);
  let forms: ReadonlyMap<string, string> | undefined;
  return (key) => {
    if (exact.has(key)) return key;
    forms ??= normalForms(keys);
    return forms.get(normal(key));
  };
};
