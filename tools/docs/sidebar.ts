import { readdirSync, readFileSync } from "node:fs";
import type { DefaultTheme } from "vitepress";
import { repository } from "./places.ts";

const titleOf = (path: string): string =>
  /^# (.+)$/m.exec(readFileSync(repository + path, "utf8"))?.[1]?.replaceAll("`", "") ?? path;

const pagesIn = (folder: string): readonly string[] =>
  readdirSync(`${repository}docs/${folder}`)
    .filter((file) => file.endsWith(".md") && file !== "index.md")
    .map((file) => file.slice(0, -3));

const item = (page: string, text = titleOf(`docs/${page}.md`)): DefaultTheme.SidebarItem => ({
  text,
  link: `/${page}`,
});

const group = (text: string, items: DefaultTheme.SidebarItem[], collapsed?: boolean): DefaultTheme.SidebarItem => ({
  text,
  items,
  ...(collapsed === undefined ? {} : { collapsed }),
});

/** Names of the packages, each of which has a page. */
export const packageNames = (): readonly string[] => readdirSync(`${repository}packages`).sort();

/** @param base the folder of the site on its host, as `/aide/`: links to what is no page have to begin with it */
export const sidebar = (base: string): DefaultTheme.SidebarItem[] => [
  group("Tutorials", [
    item("tutorials/csv", "A submission from a CSV file"),
    item("tutorials/researcher", "Strategies and ablations"),
    item("tutorials/plugin-author", "A plugin on npm"),
  ]),
  group("Guides", [
    item("ablations"),
    item("deepseek", "A DeepSeek ablation"),
    item("tasks"),
    item("trajectories"),
    item("serve"),
    item("gallery"),
    item("security"),
    item("migration"),
    item("comparison", "Comparison"),
  ]),
  group("Writing plugins", [
    item("writing-a-strategy", "Strategy"),
    item("plugins/search", "Search"),
    item("plugins/backend", "Backend"),
    item("plugins/executor", "Executor"),
    item("plugins/evaluator", "Evaluator"),
    item("plugins/launcher", "Launcher"),
    item("plugins/task-suite", "Task suite"),
  ]),
  group("Reference", [
    item("reference/config", "Config"),
    item("reference/commands", "Commands"),
    item("errors"),
    item("glossary"),
    item("architecture"),
    { text: "llms.txt", link: `${base}llms.txt`, target: "_self" },
  ]),
  group(
    "Results",
    [item("results/index", "Overview"), ...pagesIn("results").map((page) => item(`results/${page}`))],
    true,
  ),
  group(
    "Packages",
    packageNames().map((name) => ({ text: name, link: `/packages/${name}` })),
    true,
  ),
  group(
    "Decisions",
    pagesIn("decisions").map((page) => item(`decisions/${page}`)),
    true,
  ),
];
