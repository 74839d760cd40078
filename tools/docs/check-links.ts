// Looks through the built site: every link to a page, a file or a heading of its own leads somewhere, and nothing is loaded from elsewhere.
import { existsSync, globSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { repository } from "./places.ts";

const site = `${repository}docs/.vitepress/dist`;
const base = (process.env["DOCS_BASE"] ?? "/").replace(/\/$/, "");
const pages = globSync("**/*.html", { cwd: site }).map((path) => path.replaceAll("\\", "/"));
const text = new Map(pages.map((page) => [page, readFileSync(`${site}/${page}`, "utf8")]));
const ids = new Map(
  [...text].map(([page, html]) => [page, new Set([...html.matchAll(/\sid="([^"]+)"/g)].map(([, id = ""]) => id))]),
);

const decoded = (link: string): string => decodeURIComponent(link.replaceAll("&amp;", "&"));

/** The file of the site that a path names. */
const fileOf = (path: string): string | undefined =>
  [path, `${path}.html`, posix.join(path, "index.html")].find(
    (one) => one !== "" && /\.\w+$/.test(one) && existsSync(`${site}/${one}`),
  );

const problemOf = (page: string, link: string): string | undefined => {
  if (/^[a-z]+:/.test(link)) return undefined;
  const [path = "", hash = ""] = decoded(link).split("#");
  const inSite = path.startsWith("/") ? path.slice(base.length + 1) : posix.join(posix.dirname(page), path);
  const file = path === "" ? page : fileOf(inSite === "" ? "index.html" : inSite);
  if (file === undefined) return "leads nowhere";
  return hash === "" || !file.endsWith(".html") || ids.get(file)?.has(hash) === true ? undefined : "names no heading";
};

const problems = [...text].flatMap(([page, html]) => {
  const links = [...html.matchAll(/<a\s[^>]*?href="([^"]*)"/g)].map(([, href = ""]) => href);
  const loaded = [
    ...html.matchAll(
      /<(?:script|img|source|iframe)\s[^>]*?src="([^"]*)"|<link\s[^>]*?rel="(?:stylesheet|preload|modulepreload|icon)"[^>]*?href="([^"]*)"/g,
    ),
  ].map(([, src, href]) => src ?? href ?? "");
  const dead = [...new Set([...links, ...loaded])].flatMap((link) => {
    const problem = problemOf(page, link);
    return problem === undefined ? [] : [`${page}: ${link} ${problem}`];
  });
  const foreign = loaded.filter((link) => /^(https?:)?\/\//.test(link));
  return [...dead, ...foreign.map((link) => `${page}: ${link} is loaded from elsewhere`)];
});

for (const problem of problems) console.error(problem);
console.log(`${pages.length} pages, ${problems.length} dead or foreign links.`);
if (problems.length > 0) process.exitCode = 1;
