import { describe } from "vitest";

const isOn = (process.env["AIDE_LIVE"] ?? "") !== "";

/** Tests that speak with a real server. They run where AIDE_LIVE is set, as in `npm run test:live`; else they are skipped, and say so. */
export const describeLive = (server: string, tests: () => void): void => {
  if (!isOn) console.log(`Tests on a real ${server} are skipped. To run them: npm run test:live`);
  describe.skipIf(!isOn)(`on a real ${server}`, () => {
    tests();
  });
};
