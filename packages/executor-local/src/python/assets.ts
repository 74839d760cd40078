import { fileURLToPath } from "node:url";

/** Path of a file in the package's `python` folder; the same from `src` and from `dist`. */
export const asset = (name: string): string => fileURLToPath(new URL(`../../python/${name}`, import.meta.url));
