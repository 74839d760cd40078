import { describe, expect, it } from "vitest";
import { crashFailure } from "../src/failures.ts";

describe("a child process that died", () => {
  it("is reported with the first line of native code about the error", () => {
    const stderr = [
      "warning: the context is short",
      "error: CUDA error: the provided PTX was compiled with an unsupported toolchain.",
      "error:   current device: 0, in function launch at common.cuh:1",
      "libggml-base.so(ggml_abort+0x152)",
      "",
    ].join("\n");
    const error = crashFailure("model.gguf", "SIGABRT", stderr);
    expect(error.message).toBe(
      "The process of the embedded model died (SIGABRT: CUDA error: the provided PTX was compiled with an unsupported toolchain.).",
    );
    expect(error.facts["last words"]).toContain("current device: 0");
  });

  it("is reported by its end alone where it printed nothing about an error", () => {
    const error = crashFailure("model.gguf", "SIGKILL", "a mirrored errorless line\n");
    expect(error.message).toBe("The process of the embedded model died (SIGKILL).");
    expect(error.fix).toContain("memory");
  });
});
