import contract from "@aide-ts/plugin/package.json" with { type: "json" };

/** Of the packages of aide that a scaffold is made for. They are released together. */
export const aideVersion: string = contract.version;

/** Versions of the contract that a plugin works with, as its peer: below 1.0 each later one, as its own major guards what breaks. */
export const peerRange = (version: string): string => {
  const [major = "0", minor = "0"] = version.split(".");
  return major === "0" ? `>=0.${minor}.0 <1` : `^${major}.${minor}.0`;
};
