import { backendConformance } from "@aide-ts/testing";
import { beforeAll, describe, it } from "vitest";
import { open, pulled } from "./smollm2.ts";

beforeAll(() => pulled("smollm2-135m"), 120_000);

backendConformance({ describe, it }, { name: "llamacpp", open: () => open({ contextTokens: 1024 }) });
