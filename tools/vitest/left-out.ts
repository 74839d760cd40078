const isOn = (variable: string): boolean => (process.env[variable] ?? "") !== "";

/** Tests that the quick suite leaves out, by the ends of their names, the variable that lets them run, and the command that does. */
const groups = [
  {
    files: "**/*live.test.ts",
    what: "Tests on real models and servers",
    variable: "AIDE_LIVE",
    command: "npm run test:live",
  },
  {
    files: "**/*.slow.test.ts",
    what: "Slow tests, mostly of whole runs from the command line,",
    variable: "AIDE_SLOW",
    command: "npm run test:slow",
  },
  {
    files: "**/*.release.test.ts",
    what: "Tests that install what would be published",
    variable: "AIDE_RELEASE",
    command: "npm run test:release",
  },
  {
    files: "**/*.full.test.ts",
    what: "Tests of every medal and of every reference pipeline",
    variable: "AIDE_FULL",
    command: "npm run test:full",
  },
];

const leftOut = groups.filter(({ variable }) => !isOn(variable));

export const excluded = leftOut.map(({ files }) => files);

export default (): void => {
  for (const { what, command } of leftOut) console.log(`${what} are left out. To run them: ${command}`);
};
