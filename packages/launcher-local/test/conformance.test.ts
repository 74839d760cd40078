import { launcherConformance } from "@aide-ts/testing";
import { describe, it } from "vitest";
import plugin from "../src/index.ts";

launcherConformance({ describe, it }, { plugin, options: { jobs: 2 } });
