import { isIP } from "node:net";

/** Whether a server runs on this machine: what is sent to it leaves nothing. */
export const isOnThisMachine = (url: string): boolean => {
  const host = new URL(url).hostname.replace(/^\[(.*)\]$/, "$1").toLowerCase();
  return (
    host === "localhost" ||
    host.endsWith(".localhost") ||
    host === "::1" ||
    (isIP(host) === 4 && host.startsWith("127."))
  );
};

/** What leaves the machine, in a line for people; `undefined` for a server on this machine. */
export const leavesTheMachine = (url: string): string | undefined =>
  isOnThisMachine(url)
    ? undefined
    : `privacy  prompts go to ${new URL(url).host}: the goal, column names and sample rows of the data, scripts and what they print. ` +
      `preview.samples=false keeps the rows of the preview in; a script can still print some.`;
