import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir } from "node:fs/promises";
import { join, relative } from "node:path";
import { pipeline } from "node:stream/promises";

/** Files of a private part that decide what a grade is. */
const grading = ["answers.csv", "training-labels.csv", "grade.py"];

/** Of every file of the public part and the labels, in hexadecimal; the same for the same files, wherever they lie. */
export const checksumOf = async (publicFolder: string, privateFolder: string): Promise<string> => {
  const files = [
    ...(await filesIn(publicFolder)).map((path) => ({ path, name: `public/${relative(publicFolder, path)}` })),
    ...(await filesIn(privateFolder))
      .filter((path) => grading.includes(relative(privateFolder, path)))
      .map((path) => ({ path, name: `private/${relative(privateFolder, path)}` })),
  ].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const whole = createHash("sha256");
  for (const { path, name } of files) whole.update(`${await digestOf(path)}  ${name}\n`);
  return whole.digest("hex");
};

const filesIn = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

const digestOf = async (path: string): Promise<string> => {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
};
