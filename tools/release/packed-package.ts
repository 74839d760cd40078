/** What a package.json says that a release depends upon. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly description?: string;
  readonly license?: string;
  readonly keywords?: readonly string[];
  readonly repository?: { readonly url?: string; readonly directory?: string };
  readonly engines?: Readonly<Record<string, string>>;
  readonly bin?: Readonly<Record<string, string>>;
  readonly exports?: Exports;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** A file, or files by conditions and entries. */
export type Exports = string | { readonly [condition: string]: Exports };

/** A package as it would be published. */
export interface PackedPackage {
  /** As it is in the tarball: ranges of the workspace are replaced. */
  readonly manifest: Manifest;
  /** Paths inside the package, and bytes. */
  readonly files: ReadonlyMap<string, number>;
  /** Bytes of the tarball. */
  readonly packed: number;
  /** Files in `src` of the repository's folder, from which `dist` is built. */
  readonly sources: ReadonlySet<string>;
}

/** Bytes on disk after it was installed. */
export const unpackedSize = ({ files }: PackedPackage): number => [...files.values()].reduce((a, b) => a + b, 0);
