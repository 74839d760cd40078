// Shows what a release would publish, and what is wrong with it; publishes nothing.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { faultsOf } from "./faults.ts";
import { packAll } from "./pack.ts";
import { renderTable } from "./table.ts";
import { releaseTag } from "./tag.ts";
import { missingBinaries, pendingChangesets, warningsOf } from "./warnings.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const { repository } = JSON.parse(readFileSync(`${root}package.json`, "utf8"));

const packages = await packAll(root);
console.log(renderTable(packages, await releaseTag(root)));

for (const warning of warningsOf(await missingBinaries(root), await pendingChangesets(root)))
  console.warn(`\nwarning  ${warning}`);

const versions = new Set(packages.map(({ manifest }) => manifest.version));
const faults = [
  ...packages.flatMap((one) => faultsOf(one, repository.url).map((fault) => `${one.manifest.name} ${fault}`)),
  ...(versions.size === 1 ? [] : [`The packages have several versions: ${[...versions].join(", ")}`]),
];
for (const fault of faults) console.error(`\nfault    ${fault}`);
process.exitCode = faults.length === 0 ? 0 : 1;
