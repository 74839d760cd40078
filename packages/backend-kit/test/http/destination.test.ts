import { expect, it } from "vitest";
import { isOnThisMachine, leavesTheMachine } from "../../src/index.ts";

it.each([
  ["http://127.0.0.1:8000/v1", true],
  ["http://127.1.2.3", true],
  ["http://localhost:11434", true],
  ["http://[::1]:8000", true],
  ["http://127.0.0.1.example.com", false],
  ["http://localhost.example.com", false],
  ["http://10.0.0.5:8000", false],
  ["https://api.example.com/v1", false],
])("%s is on this machine: %j", (url, expected) => {
  expect(isOnThisMachine(url)).toBe(expected);
  expect(leavesTheMachine(url) === undefined).toBe(expected);
});
