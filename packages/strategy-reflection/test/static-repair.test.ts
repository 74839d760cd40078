import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const script = readFileSync(new URL("../python/repair.py", import.meta.url), "utf8");

/** A folder that stands for site-packages, so that the test does not depend on what is installed. */
const packages = {
  "sklearn/__init__.py": '__all__ = ["clone"]\n',
  "sklearn/ensemble/__init__.py": '__all__ = ["RandomForestRegressor", "shared_name"]\n',
  "sklearn/metrics/__init__.py": '__all__ = ["mean_squared_error", "shared_name"]\n__all__ += ["late_metric"]\n',
  "sklearn/_private/__init__.py": '__all__ = ["hidden_name"]\n',
  "sklearn/pipeline.py": '__all__ = ["Pipeline"]\nPipeline = 1\n',
  "sklearn/linear_model/__init__.py": '__all__ = ["LogisticRegression", "LogisticRegressionCV"]\n',
  "xgboost/__init__.py": '__all__ = ["XGBRegressor", "XGBRFRegressor"]\nXGBRegressor = XGBRFRegressor = unlisted = 1\n',
  "lightgbm/__init__.py": '__all__ = ["LGBMRegressor", "DaskLGBMRegressor"]\n',
  "pandas/__init__.py": '__all__ = ["DataFrame"]\n',
};

const repair = (code: string): { code: string; added: string[]; unresolved: string[] } => {
  const folder = mkdtempSync(join(tmpdir(), "aide-repair-"));
  const site = join(folder, "site");
  for (const [path, text] of Object.entries(packages)) {
    mkdirSync(join(site, path, ".."), { recursive: true });
    writeFileSync(join(site, path), text);
  }
  writeFileSync(join(folder, "candidate.py"), code);
  const run = `import sys, sysconfig\nsys.path.insert(0, ${JSON.stringify(site)})\nsysconfig.get_path = lambda name: ${JSON.stringify(site)}\n${script}`;
  const out = execFileSync("python3", ["-c", run], { cwd: folder }).toString();
  return JSON.parse(out.slice(out.indexOf("{")));
};

describe("a missing import is given to", () => {
  it.each([
    [
      "a class that is exported in one place",
      "m = RandomForestRegressor()",
      "from sklearn.ensemble import RandomForestRegressor",
    ],
    ["a function", "print(mean_squared_error(a=1))", "from sklearn.metrics import mean_squared_error"],
    ["a name that is added to the exports later", "late_metric()", "from sklearn.metrics import late_metric"],
    ["a usual alias", "train = pd.read_csv('x')", "import pandas as pd"],
    ["a module of Python's own", "os.getcwd()", "import os"],
    ["a class of a public module", "Pipeline([])", "from sklearn.pipeline import Pipeline"],
    [
      "a class whose name is nearly right",
      "m = LightGBMRegressor()",
      "from lightgbm import LGBMRegressor as LightGBMRegressor",
    ],
    ["a name inside a function", "def f():\n    return clone(1)\n", "from sklearn import clone"],
  ])("%s", (_name, code, added) => {
    const repaired = repair(code);
    expect(repaired.added).toEqual([added]);
    expect(repaired.code).toBe(`${added}\n${code}`);
  });

  it("a script with a docstring and __future__, below them", () => {
    expect(repair('"""What it does."""\nfrom __future__ import annotations\nx = np.zeros(3)\n').code).toBe(
      '"""What it does."""\nfrom __future__ import annotations\nimport numpy as np\nx = np.zeros(3)\n',
    );
  });
});

describe("an import that would fail", () => {
  it.each([
    [
      "is sent to the module that has the name",
      "from xgboost import XGBRegressor, RandomForestRegressor\n",
      "from xgboost import XGBRegressor\nfrom sklearn.ensemble import RandomForestRegressor\n",
    ],
    [
      "is sent there from a module that is not there",
      "from sklearn.trees import Pipeline as P\n",
      "from sklearn.pipeline import Pipeline as P\n",
    ],
    [
      "of a class whose name is nearly right gets that class under the script's name",
      "from xgboost import XGBoostRegressor\n",
      "from xgboost import XGBRegressor as XGBoostRegressor\n",
    ],
    [
      "keeps its place, over several lines and inside a block",
      "if True:\n    from xgboost import (\n        Pipeline,\n    )\n    x = 1\n",
      "if True:\n    from sklearn.pipeline import Pipeline\n    x = 1\n",
    ],
  ])("%s", (_name, code, repaired) => {
    expect(repair(code).code).toBe(repaired);
  });

  it.each([
    ["has the name, listed or not", "from xgboost import XGBRegressor, unlisted\n"],
    ["imports a module", "from sklearn import pipeline\n"],
    ["names what nobody has", "from xgboost import something_else\n"],
    ["is of another package", "from mypackage import XGBoostRegressor\n"],
    ["shares its line", "import os; from xgboost import Pipeline\n"],
  ])("is left as it is where it %s", (_name, code) => {
    expect(repair(code)).toMatchObject({ code, added: [] });
  });
});

describe("nothing is added", () => {
  it.each([
    ["where every name is defined", "import numpy as np\nx = np.zeros(3)\n"],
    ["for a name that two places export", "shared_name()\n"],
    ["for a name that only a private package exports", "hidden_name()\n"],
    ["for a variable that was never set", "print(y_test)\n"],
    [
      "for parameters, comprehensions, exceptions and patterns",
      "def f(pd):\n    return [os for os in pd]\ntry:\n    pass\nexcept ValueError as np:\n    print(np)\nmatch f:\n    case re:\n        print(re)\n",
    ],
    ["where a star import may define anything", "from somewhere import *\nnp.zeros(3)\n"],
    ["to a script that does not parse", "def f(:\n  np.zeros(3)\n"],
    ["to an empty script", ""],
  ])("%s", (_name, code) => {
    expect(repair(code)).toMatchObject({ code, added: [] });
  });

  it("twice: a repaired script is left as it is", () => {
    const once = repair("x = np.zeros(3)\nm = RandomForestRegressor()\n");
    expect(once.added).toHaveLength(2);
    expect(repair(once.code).code).toBe(once.code);
  });
});

it("runs the same program as before, or else older runs diverge from their logs when they are resumed", () => {
  expect(createHash("sha256").update(script).digest("hex").slice(0, 16)).toBe("4851ed02826ede7e");
});
