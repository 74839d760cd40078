import type { Message } from "@aide-ts/plugin";
import { describe, expect, it } from "vitest";
import { withoutSystem } from "../src/index.ts";

const message = (role: Message["role"], content: string): Message => ({ role, content });

describe("withoutSystem", () => {
  it("puts them before the user's first words", () => {
    const messages = [message("system", "S"), message("user", "U"), message("assistant", "A"), message("user", "V")];
    expect(withoutSystem(messages)).toEqual([
      message("user", "S\n\nU"),
      message("assistant", "A"),
      message("user", "V"),
    ]);
  });

  it("makes a message of them where the user does not begin", () => {
    expect(withoutSystem([message("system", "S")])).toEqual([message("user", "S")]);
    expect(withoutSystem([message("system", "S"), message("assistant", "A")])).toEqual([
      message("user", "S"),
      message("assistant", "A"),
    ]);
  });

  it("leaves others alone", () => {
    const messages = [message("user", "U")];
    expect(withoutSystem(messages)).toBe(messages);
  });
});
