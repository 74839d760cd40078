import { readFileSync } from "node:fs";
import { repository } from "../../tools/docs/places.ts";
import { packageNames } from "../../tools/docs/sidebar.ts";

/** A page for each package: its README. */
export default {
  paths: () =>
    packageNames().map((name) => ({
      params: { name },
      content: readFileSync(`${repository}packages/${name}/README.md`, "utf8"),
    })),
};
