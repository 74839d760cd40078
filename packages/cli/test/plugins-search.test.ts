import { mkdirSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aideHere } from "./aide-here.ts";
import { freshFolder } from "./aide.ts";

const published = (name: string, keywords: readonly string[], description: string) => ({
  package: {
    name,
    version: "1.2.0",
    description,
    keywords,
    date: "2026-11-01T00:00:00.000Z",
    maintainers: [],
    links: {},
  },
});

let asked: URL[] = [];
let server: Server;
let answer: () => [status: number, body: string];

/** A registry on the loopback address, which npm asks as it asks its own. */
beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(new URL(request.url ?? "", "http://127.0.0.1"));
    const [status, body] = answer();
    response.writeHead(status, { "content-type": "application/json" }).end(body);
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
});
afterAll(() => new Promise((resolve) => void server.close(resolve)));

const search = (folder: string, ...words: readonly string[]) => {
  asked = [];
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  writeFileSync(join(folder, ".npmrc"), `registry=http://127.0.0.1:${port}/\nfetch-retries=0\n`);
  const env = { npm_config_registry: undefined, npm_config_cache: join(folder, "cache"), HOME: folder };
  return aideHere(["plugins", "search", ...words], folder, env);
};

const project = () => {
  const folder = freshFolder();
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "x", dependencies: { "aide-search-a": "1" } }));
  mkdirSync(join(folder, "node_modules", "aide-search-a"), { recursive: true });
  const manifest = { name: "aide-search-a", version: "1.0.0", keywords: ["aide-plugin"] };
  writeFileSync(join(folder, "node_modules", "aide-search-a", "package.json"), JSON.stringify(manifest));
  return folder;
};

describe("aide plugins search", { timeout: 60_000 }, () => {
  it("asks the registry that the project configures for the keyword, and shows what has it", async () => {
    answer = () => [
      200,
      JSON.stringify({
        objects: [
          published("aide-search-a", ["aide-plugin"], "Searches by a."),
          published("@them/aide-strategy-b", ["other", "aide-plugin"], "Thinks by b."),
          published("@aide-ts/strategy-cot", ["aide-plugin"], "Comes with aide."),
          published("aide-unrelated", ["aide"], "A help desk."),
        ],
        total: 4,
        time: "",
      }),
    ];
    const { code, out, err } = await search(project(), "by");
    expect(err).toBe("");
    expect(code).toBe(0);
    expect(asked.map((url) => url.searchParams.get("text"))).toEqual(["keywords:aide-plugin by"]);
    expect(out).toBe(
      [
        "aide-search-a 1.2.0          installed  Searches by a.",
        "@them/aide-strategy-b 1.2.0             Thinks by b.",
        "",
        "npm install <package>, and a config can name it.",
        "",
      ].join("\n"),
    );
  });

  it("says where nothing is found", async () => {
    answer = () => [200, JSON.stringify({ objects: [], total: 0, time: "" })];
    expect((await search(freshFolder())).out).toMatch(/^The registry knows no plugin like that\./);
  });

  it.each([
    ["cannot be searched", () => [404, "{}"] as [number, string], /E404/],
    ["answers something else", () => [200, "<html>"] as [number, string], /AIDE_REGISTRY_SEARCH/],
  ])("says that a registry %s", async (_, given, shown) => {
    answer = given;
    const { code, err } = await search(freshFolder());
    expect(err).toMatch(/^AIDE_REGISTRY_SEARCH {2}npm's registry could not be searched: /);
    expect(err).toMatch(shown);
    expect(err).toContain("npm config get registry");
    expect(code).toBe(1);
  });

  it("says that there is no npm", async () => {
    const { err } = await aideHere(["plugins", "search"], freshFolder(), { PATH: freshFolder() });
    expect(err).toContain("there is no npm on the PATH");
  });
});
