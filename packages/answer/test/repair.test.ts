import { describe, expect, it } from "vitest";
import { extractCandidate, parses } from "../src/index.ts";
import { readable } from "../src/repair/readable.ts";

const fenced = (code: string, info = "python"): string => `\`\`\`${info}\n${code}\n\`\`\``;
const codeOf = (answer: string): string => extractCandidate(answer, "stop").code.trimEnd();

const nbsp = "\u00a0";
const zeroWidth = "\u200b";

describe("code that Python refuses is repaired where that makes it Python:", () => {
  it.each([
    ["double quotes", "import os\nprint(“a” + ”b„)", 'import os\nprint("a" + "b")'],
    ["single quotes", "import os\nx = {‘a’: ’it‘}", "import os\nx = {'a': 'it'}"],
    ["a quote that closes otherwise", 'import os\nx = "a”', 'import os\nx = "a"'],
    ["format strings", "import os\nprint(f“{os.name} is ‘so’”)", 'import os\nprint(f"{os.name} is ‘so’")'],
    ["triple quotes", "import os\nx = “““a\n“b” c”””", 'import os\nx = """a\n“b” c"""'],
    ["apostrophes in comments", "import os  # it’s “so”\nprint(“a”)", 'import os  # it’s “so”\nprint("a")'],
    [
      "strings beside them",
      "import os\nprint(“a”, \"it’s “b”\", 'x – y')",
      'import os\nprint("a", "it’s “b”", \'x – y\')',
    ],
    [
      "spaces",
      `if${nbsp}True:\n${nbsp}${nbsp}${nbsp}${nbsp}import os\n    print("a${nbsp}b")`,
      `if True:\n    import os\n    print("a${nbsp}b")`,
    ],
    ["ideographic spaces", "import os\u3000as o\nprint(o)", "import os as o\nprint(o)"],
    ["invisible characters", `import os\nx${zeroWidth} = 1\nprint(${"\ufeff"}x)`, "import os\nx = 1\nprint(x)"],
    ["a byte order mark", "\ufeffimport os\nprint(1)", "import os\nprint(1)"],
    [
      "full-width signs",
      "import os\nx ＝ ［1， 2］\nprint（x）；y：int ＝ 3",
      "import os\nx = [1, 2]\nprint(x);y:int = 3",
    ],
    ["dashes", "import os\nx = 3 − 1 – 2", "import os\nx = 3 - 1 - 2"],
    ["comparisons", "import os\nif 1 ≤ 2 ≠ 3: print(“≤”)", 'import os\nif 1 <= 2 != 3: print("≤")'],
    ["entities", "import os\nif 1 &lt; 2 &amp;&amp; x:\n    pass", "import os\nif 1 &lt; 2 &amp;&amp; x:\n    pass"],
    [
      "entities in a whole script",
      "import os\nif 1 &lt; 2:\n    print(&quot;a&quot;, &#39;b&#x27;)",
      "import os\nif 1 < 2:\n    print(\"a\", 'b')",
    ],
    ["entities that Python would take for names", "import os\nx = 1 &lt; 2", "import os\nx = 1 < 2"],
    [
      "a session",
      ">>> import os\n>>> for i in range(2):\n...     print(i)\n...\n0\n1\n>>> x = 1",
      "import os\nfor i in range(2):\n    print(i)\n\nx = 1",
    ],
    [
      "a session of IPython",
      "In [1]: import os\n\nIn [2]: for i in range(2):\n   ...:     print(i)\n   ...:\n0\n1\n\nIn [3]: x = 1\nOut[3]: 2",
      "import os\nfor i in range(2):\n    print(i)\n\nx = 1",
    ],
    ["commands of a notebook", "%matplotlib inline\n!pip install x\nimport os\nprint(1)", "import os\nprint(1)"],
    ["a cell's command", "%%writefile solution.py\nimport os\nprint(1)", "import os\nprint(1)"],
    [
      "numbers of lines",
      "1  import os\n2  if os:\n3      print(1)",
      " import os\n if os:\n     print(1)".replaceAll(/^ /gm, ""),
    ],
    ["numbers of lines with colons", "9: import os\n10: if os:\n11:     print(1)", "import os\nif os:\n    print(1)"],
    ["line ends that were escaped", String.raw`import os\nprint(\"a\")`, 'import os\nprint("a")'],
    ["prose in front", "Here is the script.\n\nimport os\nprint(1)", "import os\nprint(1)"],
    ["prose behind", "import os\nprint(1)\n\nThis script prints a number.", "import os\nprint(1)"],
    ["a first line that alone is indented", "    import os\nprint(1)", "import os\nprint(1)"],
    ["an indented first line", "    import os\n    x = '''\na'''", "import os\nx = '''\na'''"],
    ["two things at once", "!pip install x\nimport os\nprint(“a”)", 'import os\nprint("a")'],
  ])("%s", (_name, code, expected) => {
    expect(codeOf(fenced(code))).toBe(expected);
  });
});

describe("code that Python accepts stays as it is:", () => {
  it.each([
    ["typography in strings", "import os\nprint('it’s “so” – … （x）', \"a\u00a0b\")"],
    ["letters of other scripts", "import os\nπ = 3.14\nñandú = π\nprint(ñandú, 'é')"],
    ["entities in strings", "import os\nprint('&lt;b&gt;'.replace('&lt;', '<'), '&amp;')  # &quot;"],
    ["prompts in a docstring", 'def f():\n    """Adds.\n\n    >>> f()\n    1\n    """\n    return 1\n\nprint(f())'],
    ["a remainder at the start of a line", "import os\nx = (7\n% 3)\nprint(x)"],
    ["line ends in strings", String.raw`print("a\nb")`],
  ])("%s", (_name, code) => {
    expect(codeOf(fenced(code))).toBe(code);
  });
});

describe("code that no repair helps stays as it is, for whoever runs it to say what is wrong:", () => {
  it.each([
    ["a missing bracket", "import os\nprint((1)"],
    ["a missing bracket and typography", "import os\nprint((“a”)"],
    [
      "a broken script with prompts in a docstring",
      'def f():\n    """Adds.\n\n    >>> f()\n    1\n    """\n    return (1\n',
    ],
    ["a broken script with a fence in a string", 'import os\nx = "```"\nprint((x)'],
  ])("%s", (_name, code) => {
    expect(codeOf(fenced(code))).toBe(code.trimEnd());
  });
});

describe("Python would refuse what the grammar lets pass", () => {
  it.each(["print 'a'", "x = 'a\ny = 1", 'f"{x}\n', "x = “a”", "x\u200b = 1", "f（x）", "x = 'a\\'\n"])(
    "%j",
    (code) => {
      expect(parses(code)).toBe(false);
    },
  );

  it.each([
    "print('a')",
    "if x:\n\n    pass\n  ",
    "x = 1. + 2.*a - f(0.)[1.:] / 3.e-5 + 1_0.",
    "def f():\n    yield\n    yield  # so\n    x = yield",
    "match x:\n    case a.B():\n        pass",
    "x = ''",
    'x = """a\nb"""',
    "x = r'\\'' ",
    "x = rb'a'",
    "π = 'π'",
    "x = f'{y!r}'",
    "x = 'a\\\nb'",
  ])("but not %j", (code) => {
    expect(parses(code)).toBe(true);
  });

  it("and what is too long for a script is not read", () => {
    expect(readable("x = 1\n".repeat(50_000)).tree).toBeUndefined();
    expect(readable("x = 1\n".repeat(5000)).tree).toBeDefined();
  });
});
