import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { defineConfig } from "vitepress";
import llms from "vitepress-plugin-llms";
import { repository, shippedFiles } from "../../tools/docs/places.ts";
import { repositoryPages } from "../../tools/docs/repository-pages.ts";
import { slugOf } from "../../tools/docs/slug.ts";
import { sidebar } from "../../tools/docs/sidebar.ts";

/** A report links to the folders of its runs, which the site does not take along. */
const withoutRuns = (report: string): string => report.replaceAll(/<a href="cells\/[^>]*>(.*?)<\/a>/g, "$1");

// The folder of a site that is not at the root of its host.
const base = process.env["DOCS_BASE"] ?? "/";

export default defineConfig({
  title: "aide",
  description:
    "Small open language models solve machine-learning tasks; strategies are plugins, and ablations compare them.",
  lang: "en",
  base,
  // Below a page of results lies what it was made from.
  srcExclude: ["results/*/**"],
  cacheDir: "../node_modules/.cache/vitepress",
  markdown: { config: repositoryPages, anchor: { slugify: slugOf } },
  vite: { plugins: [llms({ ignoreFiles: ["results/*/**"] })], build: { chunkSizeWarningLimit: 2000 } },
  themeConfig: {
    nav: [
      { text: "Tutorials", link: "/tutorials/csv", activeMatch: "^/tutorials/" },
      { text: "Plugins", link: "/writing-a-strategy", activeMatch: "^/(writing|plugins)" },
      { text: "Reference", link: "/reference/config", activeMatch: "^/reference/" },
      { text: "Results", link: "/results/", activeMatch: "^/results/" },
    ],
    sidebar: sidebar(base),
    outline: [2, 3],
    search: { provider: "local" },
    docFooter: { prev: false, next: false },
  },
  async buildEnd({ outDir }) {
    for (const file of shippedFiles) {
      await mkdir(dirname(join(outDir, file)), { recursive: true });
      await writeFile(join(outDir, file), withoutRuns(await readFile(join(repository, "docs", file), "utf8")));
    }
  },
});
