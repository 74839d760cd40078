// Writes docs/errors.md from the sources.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { collectErrors } from "./collect.ts";
import { renderPage } from "./page.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
writeFileSync(`${root}docs/errors.md`, renderPage(await collectErrors(root)));
