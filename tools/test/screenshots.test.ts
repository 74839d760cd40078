import { existsSync, globSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { repository } from "../docs/places.ts";
import { digestOf, digestsFile, pictures } from "../docs/screenshots/pictures.ts";

const taken = await pictures();

it.each(taken)("docs/public/$file was taken of the page that is made today: npm run docs:screenshots", (picture) => {
  expect(existsSync(`${repository}docs/public/${picture.file}`)).toBe(true);
  expect(JSON.parse(readFileSync(digestsFile, "utf8"))[picture.file]).toBe(digestOf(picture));
});

it("every picture of the documentation is taken by the script", () => {
  const files = globSync("*.{png,jpg,jpeg,webp,gif}", { cwd: `${repository}docs/public` });
  expect(files.toSorted()).toEqual(taken.map(({ file }) => file).toSorted());
});
