import { fileURLToPath } from "node:url";

/** The arms that the bench compares where no others are named: YAML, a chain by name. */
export const armsFile = fileURLToPath(new URL("../arms.yaml", import.meta.url));
