// Writes the pages of docs/reference from the sources.
import { writeFileSync } from "node:fs";
import { repository } from "../places.ts";
import { commandsPage } from "./commands-page.ts";
import { configPage } from "./config-page.ts";
import { pluginsPage } from "./plugins-page.ts";

const pages = { config: configPage(), commands: await commandsPage(), plugins: await pluginsPage() };
for (const [name, text] of Object.entries(pages)) writeFileSync(`${repository}docs/reference/${name}.md`, text);
