import { describe, expect, it } from "vitest";
import { extractCandidate } from "../src/index.ts";

const load = `import pandas as pd
train = pd.read_csv("input/train.csv")
test = pd.read_csv("input/test.csv")
`;
const features = `train["b"] = train["a"] ** 2
test["b"] = test["a"] ** 2
`;
const fit = `from sklearn.linear_model import Ridge
model = Ridge().fit(train[["a", "b"]], train["y"])
`;
const write = `test["y"] = model.predict(test[["a", "b"]])
test[["id", "y"]].to_csv("submission/submission.csv", index=False)
`;
const whole = `${load}${features}${fit}${write}`;
const better = whole.replace("Ridge()", "Ridge(alpha=3)");
const rmse = `import numpy as np

def rmse(a, b):
    return np.sqrt(np.mean((a - b) ** 2))
`;

const python = (code: string): string => `\`\`\`python\n${code}\`\`\``;
const shell = (command: string): string => `\`\`\`bash\n${command}\n\`\`\``;
const bare = (text: string): string => `\`\`\`\n${text}\n\`\`\``;
const together = (...parts: readonly string[]): string => `${parts.map((part) => part.trim()).join("\n\n")}\n`;
const read = (answer: string, finish: Parameters<typeof extractCandidate>[1] = "stop") =>
  extractCandidate(answer, finish);

describe("blocks that build on each other are joined:", () => {
  it.each([
    ["two steps", [python(load + features), python(fit + write)], together(load + features, fit + write)],
    [
      "steps of which one only changes what another made",
      [python(load), python(features), python(fit), python(write)],
      together(load, features, fit, write),
    ],
    [
      "steps with a shell command and an output between them",
      [shell("pip install pandas"), python(load), bare("(100, 3)\n0.83"), python(features + fit), python(write)],
      together(load, features + fit, write),
    ],
    [
      "imports, a function, and what uses both",
      [
        python("import numpy as np\nimport pandas as pd\n"),
        python("def half(x):\n    return x / 2\n"),
        python(`d = pd.read_csv("a.csv")\nd["y"] = np.log(half(d["x"]))\nd.to_csv("submission.csv")\n`),
      ],
      together(
        "import numpy as np\nimport pandas as pd",
        "def half(x):\n    return x / 2",
        `d = pd.read_csv("a.csv")\nd["y"] = np.log(half(d["x"]))\nd.to_csv("submission.csv")`,
      ),
    ],
    [
      "a main function that a last block calls",
      [
        python(load),
        python(`def main():\n    test.to_csv("submission.csv")\n`),
        python(`if __name__ == "__main__":\n    main()\n`),
      ],
      together(load, `def main():\n    test.to_csv("submission.csv")`, `if __name__ == "__main__":\n    main()`),
    ],
    [
      "steps that go on once the result is written",
      [python(load + features), python(fit + write), python("print(model.score(train[['a', 'b']], train['y']))\n")],
      together(load + features, fit + write, "print(model.score(train[['a', 'b']], train['y']))"),
    ],
    [
      "steps of which an early one writes a table of its own",
      [python(`${load}train.to_csv("clean.csv")\n`), python(features + fit), python(write)],
      together(`${load}train.to_csv("clean.csv")`, features + fit, write),
    ],
    [
      "a script that saves a model and one that reads it",
      [
        python(`${load}${fit}import joblib\njoblib.dump(model, "model.pkl")\n`),
        python(
          `import joblib\nimport pandas as pd\nmodel = joblib.load("model.pkl")\ntest = pd.read_csv("input/test.csv")\n${write}`,
        ),
      ],
      together(
        `${load}${fit}import joblib\njoblib.dump(model, "model.pkl")`,
        `import joblib\nimport pandas as pd\nmodel = joblib.load("model.pkl")\ntest = pd.read_csv("input/test.csv")\n${write}`,
      ),
    ],
    [
      "steps after a first draft",
      [python(better), "Better in steps:", python(load), python(features + fit), python(write)],
      together(load, features + fit, write),
    ],
    [
      "parts whose future import comes late",
      [python(load), python(`from __future__ import annotations\n${features}${fit}${write}`)],
      together(`from __future__ import annotations\n${load}`, `${features}${fit}${write}`),
    ],
    [
      "steps of which the last is not closed",
      [python(load + features), `\`\`\`python\n${fit}${write}`],
      together(load + features, fit + write),
    ],
    [
      "a whole script and what changes its result",
      [
        python(whole),
        python(`test["y"] = test["y"].clip(0)\ntest[["id", "y"]].to_csv("submission/submission.csv", index=False)\n`),
      ],
      together(
        whole,
        `test["y"] = test["y"].clip(0)\ntest[["id", "y"]].to_csv("submission/submission.csv", index=False)`,
      ),
    ],
    [
      "steps with a block that Python cannot read",
      [python(load + features), python("def broken(:\n"), python(fit + write)],
      together(load + features, fit + write),
    ],
    [
      "a function and how to call it",
      [python(rmse), python("print(rmse(np.zeros(2), np.ones(2)))\n")],
      together(rmse, "print(rmse(np.zeros(2), np.ones(2)))"),
    ],
  ])("%s", (_name, parts, script) => {
    expect(read(parts.join("\n\nThen:\n\n")).code).toBe(script);
  });
});

describe("of blocks that repeat each other the last whole script is taken:", () => {
  it.each([
    ["a corrected script", [python(whole), python(better)], better],
    ["the same script again", [python(whole), python(whole)], whole],
    [
      "an alternative that shares nothing",
      [
        python(whole),
        python(
          `import csv\nrows = list(csv.reader(open("input/test.csv")))\ncsv.writer(open("submission.csv", "w")).writerows(rows)\n`,
        ),
      ],
      `import csv\nrows = list(csv.reader(open("input/test.csv")))\ncsv.writer(open("submission.csv", "w")).writerows(rows)\n`,
    ],
    ["the whole after its parts", [python(load), python(fit), python(write), "All of it:", python(whole)], whole],
    [
      "the whole before its parts",
      [python(whole), "First it loads:", python(load), "Then it fits:", python(fit), "Then it writes:", python(write)],
      whole,
    ],
    ["a script after a look at the data", [python("import os\nprint(os.listdir('input'))\n"), python(whole)], whole],
    [
      "a script after a sketch with names that are nowhere",
      [python("model.fit(X, y)\nmodel.predict(X_new)\n"), python(whole)],
      whole,
    ],
    [
      "a script that was written anew without its imports",
      [python(whole), python(better.replace("import pandas as pd\n", ""))],
      `import pandas as pd\n\n${better.replace("import pandas as pd\n", "")}`,
    ],
  ])("%s", (_name, parts, script) => {
    expect(read(parts.join("\n\n")).code).toBe(script);
  });
});

describe("what follows a whole script and is none does not count:", () => {
  it.each([
    ["a sketch of a function", python("def square(x):\n    return x ** 2\n")],
    ["a sketch of a function with imports", python(rmse)],
    ["a new version of one of its functions", python("def make_model():\n    return Ridge(alpha=3)\n")],
    ["a line to change", `Then change this line:\n${python("model = Ridge(alpha=10)\n")}`],
    ["a line to change, with what is left out", python("# ...\nmodel = Ridge(alpha=10)\n...\n")],
    ["an example of its use", python("print(test.head())\n")],
    ["an example with data of its own", python("import pandas as pd\nnew = pd.DataFrame({'a': [1]})\nprint(new)\n")],
    ["an example with data from nowhere", python("model.predict(new_rows).to_csv('new.csv')\n")],
    ["a plot", python("import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.savefig('plot.png')\n")],
    [
      "how a result looks",
      python("import pandas as pd\npd.DataFrame({'id': [1], 'y': [0.5]}).to_csv('submission.csv')\n"),
    ],
    ["a command", shell("python solution.py")],
    ["a command without a language", bare("pip install pandas scikit-learn")],
    ["a command to Python without a language", bare("python solution.py --fast")],
    ["a command in a notebook", python("!pip install lightgbm\n")],
    ["an output", bare("RMSE: 0.3\nDone.")],
    ["an output that looks like code", bare("rmse = 0.31")],
    ["a table", bare("id,y\n1,0.5\n2,0.7")],
    ["a test that fails to parse", python("assert broken(:\n")],
  ])("%s", (_name, rest) => {
    expect(read(`${python(whole)}\n\nAnd:\n\n${rest}`).code).toBe(whole);
  });

  it("a call of its main function, once more", () => {
    const script = `${load}\ndef main():\n    test.to_csv("submission.csv")\n\nmain()\n`;
    expect(read(`${python(script)}\nRun it:\n${python("main()\n")}`).code).toBe(script);
  });
});

describe("an answer that was cut off", () => {
  it("in the middle of its steps has no script", () => {
    const answer = `${python(load + features)}\n\`\`\`python\n${fit}test["y"] = model.pre`;
    expect(read(answer, "length")).toMatchObject({ code: "", defect: "truncated" });
    expect(read(`${python(load + features)}\n\`\`\`python\n${fit}`, "length")).toMatchObject({
      code: "",
      defect: "truncated",
    });
  });

  it("behind a whole script has that", () => {
    expect(read(`${python(whole)}\nTo plot it:\n\`\`\`python\nimport matplotlib.py`, "length").code).toBe(whole);
    expect(read(`${python(whole)}\nTo use it:\n\`\`\`python\nprint(model.pre`, "length").code).toBe(whole);
  });
});
