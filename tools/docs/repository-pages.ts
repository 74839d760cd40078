import type { MarkdownRenderer } from "vitepress";
import { targetOf } from "./places.ts";

/** Double braces are text here; Vue would take what stands between them for a program. */
const bracesAsText = (markdown: MarkdownRenderer): void => {
  const { text } = markdown.renderer.rules;
  markdown.renderer.rules.text = (...args) => (text?.(...args) ?? "").replaceAll("{{", "&#123;&#123;");
};

/** A block that is a file is labelled with the file's name in place of its language. */
const filesNamed = (markdown: MarkdownRenderer): void => {
  const { fence } = markdown.renderer.rules;
  markdown.renderer.rules.fence = (tokens, at, ...rest) => {
    const html = fence?.(tokens, at, ...rest) ?? "";
    const file = tokens[at]?.info.split(" ").find((word) => /^[\w-]+(\.\w+)+$/.test(word));
    return file === undefined ? html : html.replace(/(<span class="lang">)[^<]*/, `$1${file}`);
  };
};

/** Makes pages that are read in the repository hold on the site: links lead to pages, or to files that are in the repository alone. */
export const repositoryPages = (markdown: MarkdownRenderer): void => {
  bracesAsText(markdown);
  filesNamed(markdown);
  markdown.core.ruler.push("repository-links", ({ env, tokens }) => {
    const page = String(env.relativePath ?? "");
    if (page === "") return;
    for (const { children } of tokens) {
      let dropped = 0;
      for (const token of children ?? []) {
        if (token.type === "link_close" && dropped > 0) {
          dropped--;
          token.type = "text";
          token.content = "";
          token.nesting = 0;
        }
        // What lies in the folder `public` is at the root of the site.
        if (token.type === "image")
          token.attrSet("src", String(token.attrGet("src")).replace(/^(\.\.?\/)+public\//, "/"));
        const href = token.type === "link_open" ? String(token.attrGet("href")) : "";
        if (href === "" || /^(#|[a-z]+:)/.test(href)) continue;
        const target = targetOf(page, href);
        if (target.href === undefined) {
          dropped++;
          token.type = "text";
          token.content = "";
          token.nesting = 0;
          continue;
        }
        token.attrSet("href", target.href);
        // Otherwise taken for a page of the site.
        if (target.kind === "file") token.attrSet("target", "_self");
      }
    }
  });
};
