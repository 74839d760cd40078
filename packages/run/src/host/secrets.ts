/** What stands in place of a secret. */
export const maskText = "***";

/** Shorter values would be found in innocent text. */
const shortest = 8;

/** Names of variables and options whose values nobody else may read. */
export const isSecretName = (name: string): boolean =>
  /(api_?key|access_?key|secret|token|passw(or)?d|credentials?)$/i.test(name);

/** Takes secrets out of whatever leaves the process: logs, reports, the terminal. */
export class Secrets {
  /** Longest first: a secret may begin with another. */
  #forms: readonly string[] = [];

  learn(values: Iterable<string>): void {
    // As they stand in JSON, too.
    const forms = [...values].flatMap((value) =>
      value.length < shortest ? [] : [value, JSON.stringify(value).slice(1, -1)],
    );
    this.#forms = [...new Set([...this.#forms, ...forms])].sort((a, b) => b.length - a.length);
  }

  readonly mask = (text: string): string =>
    this.#forms.reduce((masked, form) => masked.replaceAll(form, maskText), text);
}

/** Values of secret names anywhere in a tree of options. */
export const secretValues = (tree: unknown, name = ""): readonly string[] => {
  if (typeof tree === "string") return isSecretName(name) ? [tree] : [];
  if (typeof tree !== "object" || tree === null) return [];
  return Object.entries(tree).flatMap(([key, value]) => secretValues(value, key));
};

/** The secrets of an environment. */
export const secretsOf = (env: Readonly<Record<string, string>>): Secrets => {
  const secrets = new Secrets();
  secrets.learn(secretValues(env));
  return secrets;
};
