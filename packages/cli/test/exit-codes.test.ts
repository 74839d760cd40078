import { AideError, Stop, type Fault } from "@aide-ts/plugin";
import { describe, expect, it } from "vitest";
import { renderError } from "../src/terminal/error.ts";

const failed = (fault: Fault) =>
  new AideError({ code: "AIDE_TEST", message: "It failed.", fix: "Try again.", fault, facts: { where: "here" } });

describe("the exit code of an error", () => {
  it.each<[Fault, number]>([
    ["user", 2],
    ["plugin", 2],
    ["backend", 1],
    ["internal", 1],
  ])("that is the %s's fault is %i", (fault, exitCode) => {
    const error = failed(fault);
    const lines = "AIDE_TEST  It failed.\n  where  here\n  fix    Try again.";
    const text = fault === "internal" ? `${lines}\n${error.stack}` : lines;
    expect(renderError(error)).toEqual({ text, exitCode });
  });

  it.each<[Stop["reason"], number]>([
    ["user", 130],
    ["budget", 1],
    ["divergence", 1],
    ["failure", 1],
  ])("that stops by %s is %i", (reason, exitCode) => {
    expect(renderError(new Stop(reason, "It stopped."))).toEqual({ text: "It stopped.", exitCode });
  });

  it("that nobody foresaw is 1, and it is called a bug", () => {
    const error = new TypeError("x is not a function");
    const { text, exitCode } = renderError(error);
    expect(exitCode).toBe(1);
    expect(text).toContain(`AIDE_INTERNAL  ${error.stack}`);
    expect(text).toMatch(/\n {2}fix {2}This is a bug of aide/);
  });

  it("of the system that the user can fix is 2", () => {
    const full = Object.assign(new Error("no space"), { code: "ENOSPC" });
    expect(renderError(full)).toMatchObject({ exitCode: 2, text: expect.stringContaining("AIDE_DISK_FULL") });
  });
});
