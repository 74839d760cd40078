import { existsSync, readFileSync, statSync } from "node:fs";
import { posix } from "node:path";
import { fileURLToPath } from "node:url";

export const repository = fileURLToPath(new URL("../../", import.meta.url));

/** The file of the repository that a page of the site is made from: a package's page is its README. */
const sourceOf = (page: string): string => {
  const [, name] = /^packages\/(?!index\.)([\w-]+)\.md$/.exec(page) ?? [];
  return name === undefined ? `docs/${page}` : `packages/${name}/README.md`;
};

/** The page of the site that shows a file or folder of the repository, from the site's root; undefined where none does. */
const pageOf = (path: string): string | undefined => {
  if (path === "README.md") return "/";
  const [, name] = /^packages\/([\w-]+)(?:\/README\.md)?\/?$/.exec(path) ?? [];
  if (name !== undefined) return `/packages/${name}`;
  if (path === "docs/decisions" || path === "docs/results") return `/${path.slice(5)}/`;
  const [, page] =
    /^docs\/((?:results\/|decisions\/)?[\w.-]+|(?:tutorials|plugins|reference)\/[\w.-]+)\.md$/.exec(path) ?? [];
  return page === undefined ? undefined : `/${page.replace(/(^|\/)index$/, "$1")}`;
};

/** Where the repository can be looked at, as its packages say; undefined while they do not. */
const address = (): string | undefined => {
  const manifest: { readonly repository?: string | { readonly url?: string } } = JSON.parse(
    readFileSync(`${repository}packages/cli/package.json`, "utf8"),
  );
  const url = typeof manifest.repository === "string" ? manifest.repository : manifest.repository?.url;
  return url?.replace(/^git\+/, "").replace(/\.git$/, "");
};

export type Target =
  | { readonly kind: "page"; readonly href: string }
  /** A file that the site takes along as it is. */
  | { readonly kind: "file"; readonly href: string }
  /** In the repository alone; without an address while nobody can look at it. */
  | { readonly kind: "repository"; readonly href: string | undefined };

/** Pages that are made for people to open, and lie among the results. */
export const shippedFiles = ["results/ablation-1.5b/report.html"];

/**
 * What a relative link of a page leads to on the site.
 * @param page as `results/gpu.md`, from the folder of the documentation
 * @throws where the repository has no such file
 */
export const targetOf = (page: string, link: string): Target => {
  const [path = "", anchor] = decodeURI(link).split("#");
  const hash = anchor === undefined ? "" : `#${anchor}`;
  const source = sourceOf(page);
  // What stands in a page's folder under `public` is named from the site's root.
  const found = posix.join(path.startsWith("/") ? "docs" : posix.dirname(source), path).replace(/\/$/, "");
  const file = [found, `${found}.md`, `${found}/index.md`].find(
    (one) => existsSync(repository + one) && !isFolderPage(one),
  );
  const shipped = shippedFiles.find((one) => `docs/${one}` === found);
  if (shipped !== undefined) return { kind: "file", href: `/${shipped}` };
  if (file === undefined) throw new Error(`${source} links to ${link}, and there is no ${found}.`);
  const shown = pageOf(file);
  if (shown !== undefined) return { kind: "page", href: `${shown}${hash}` };
  const kind = statSync(repository + file).isDirectory() ? "tree" : "blob";
  const base = address();
  return { kind: "repository", href: base === undefined ? undefined : `${base}/${kind}/main/${file}${hash}` };
};

/** A link to `results/start` from a page may mean the page of that name or the folder beside it: the folder, as files of Markdown are named with their ending. */
const isFolderPage = (path: string): boolean => path === "docs";
