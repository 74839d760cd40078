import { fileURLToPath } from "node:url";

/** Path of a file in the package's `python` folder; the same from `src` and from `dist`. */
export const asset = (name: string): string => fileURLToPath(new URL(`../../python/${name}`, import.meta.url));

/** Minor versions of Python that there is a lock file for. */
export const supported = ["3.10", "3.11", "3.12", "3.13"] as const;

export type Minor = (typeof supported)[number];

export const asMinor = (version: string): Minor | undefined => {
  const minor = version.split(".").slice(0, 2).join(".");
  return supported.find((known) => known === minor);
};
