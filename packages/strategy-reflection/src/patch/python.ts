/** What a script means to CPython, as far as it is asked. */
export type Fingerprint =
  | {
      readonly kind: "tree";
      /** Of `ast.dump` with positions left out, the coding line and the blocks of PEP 723. */
      readonly hash: string;
    }
  /** It does not parse, or CPython could not be asked. */
  | { readonly kind: "none"; readonly message: string };

/** Line numbers from 1, both ends included. */
export interface LineRange {
  readonly first: number;
  readonly last: number;
}

export interface Definition extends LineRange {
  /** With the classes and functions around it, as `Model.fit`; an attribute is defined as `self.rate`. */
  readonly name: string;
}

export interface Outline {
  readonly imports: readonly LineRange[];
  readonly definitions: readonly Definition[];
}

/** Questions to CPython's own parser. Answers come in the order of the scripts. */
export interface Python {
  fingerprints(scripts: readonly string[]): Promise<readonly Fingerprint[]>;
  /** `undefined` for a script that does not parse. */
  outlines(scripts: readonly string[]): Promise<readonly (Outline | undefined)[]>;
}
