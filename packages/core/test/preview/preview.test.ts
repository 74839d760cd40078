import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, existsSync, writeFileSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { parquetWriteBuffer } from "hyparquet-writer";
import { describe, expect, it } from "vitest";
import { describeDataset, extractArchives, inferRoles, inspectDataset } from "../../src/index.ts";

const folder = (files: Readonly<Record<string, string>>): string => {
  const root = mkdtempSync(join(tmpdir(), "aide-preview-"));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(root, path, ".."), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
};

const rolesOf = async (
  files: Readonly<Record<string, string>>,
  hints: { goal: string; target?: string } = { goal: "predict" },
) => {
  const dataset = await inspectDataset(folder(files));
  return { dataset, roles: inferRoles(dataset, hints) };
};

const rows = (header: string, line: (at: number) => string, count = 60): string =>
  `${header}\n${Array.from({ length: count }, (_, at) => line(at)).join("\n")}\n`;

describe("target and id are found", () => {
  it("from train, test and sample submission", async () => {
    const { roles } = await rolesOf({
      "train.csv": rows("Id,a,b,price", (at) => `${at},${at % 3},x,${at * 2}`),
      "test.csv": rows("Id,a,b", (at) => `${at + 100},${at % 3},x`),
      "sample_submission.csv": rows("Id,price", (at) => `${at + 100},0`),
    });
    expect(roles).toMatchObject({ targets: ["price"], id: "Id", answer: "value" });
  });

  it("as the one column that test lacks", async () => {
    const { roles } = await rolesOf({
      "train.csv": rows("a,b,y", (at) => `${at % 7},1,${at % 2}`),
      "test.csv": rows("a,b", (at) => `${at},1`),
    });
    expect(roles).toMatchObject({ targets: ["y"] });
    expect(roles?.id).toBeUndefined();
  });

  it("where the sample asks for a probability of each class", async () => {
    const { roles } = await rolesOf({
      "train.csv": rows("id,text,author", (at) => `${at},t,${["EAP", "HPL", "MWS"][at % 3]}`),
      "test.csv": rows("id,text", (at) => `${at},t`),
      "sample_submission.csv": rows("id,EAP,HPL,MWS", (at) => `${at},0.3,0.3,0.4`),
    });
    expect(roles).toMatchObject({ targets: ["author"], id: "id", answer: "class-probabilities" });
  });

  it("from the words of the goal in a single table", async () => {
    const { roles } = await rolesOf(
      { "homes.csv": rows("Area,SalePrice,Rooms", (at) => `${at},${at * 3},2`) },
      { goal: "Predict the sale price of a home" },
    );
    expect(roles).toMatchObject({ targets: ["SalePrice"] });
  });

  it("only by the config where nothing else tells", async () => {
    const files = { "homes.csv": rows("Area,Price,Rooms", (at) => `${at},${at * 3},2`) };
    expect((await rolesOf(files, { goal: "do something" })).roles).toBeUndefined();
    expect((await rolesOf(files, { goal: "do something", target: "Rooms" })).roles).toMatchObject({
      targets: ["Rooms"],
    });
  });
});

describe("the preview", () => {
  it("names types, ranges, categories and gaps, and stays within its limit", async () => {
    const { dataset, roles } = await rolesOf({
      "train.csv": rows(
        "id;age;city;note;y",
        (at) => `${at};${at % 5 === 0 ? "" : at};${["Rome", "Oslo"][at % 2]};${"word ".repeat(12)}${at};${at % 2}`,
      ),
      "test.csv": rows("id;age;city;note", (at) => `${at};${at};Oslo;x`),
    });
    const text = describeDataset(dataset, roles, { characters: 4000, values: true });
    expect(text).toContain('60 rows, 5 columns, delimiter ";"');
    expect(text).toContain("`age` (1 to 59; 20% missing)");
    expect(text).toMatch(/`city` \((Rome, Oslo|Oslo, Rome)\)/);
    expect(text).toContain("`note` (text)");
    for (const characters of [50, 200, 400])
      expect(describeDataset(dataset, roles, { characters, values: true }).length).toBeLessThanOrEqual(characters);
  });

  it("keeps values back when asked", async () => {
    const { dataset, roles } = await rolesOf({
      "train.csv": rows("id,city,y", (at) => `${at},Rome,${at}`),
      "test.csv": rows("id,city", (at) => `${at},Rome`),
    });
    expect(describeDataset(dataset, roles, { characters: 4000, values: false })).not.toContain("Rome");
  });

  it("describes JSON, text, images and folders", async () => {
    const png = Buffer.from(
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
      "base64",
    );
    const root = folder({ "info.json": '{"a": [1, 2], "b": {"c": "x"}}', "readme.md": "one\ntwo\n" });
    writeFileSync(join(root, "one.png"), png);
    mkdirSync(join(root, "many"));
    for (let at = 0; at < 30; at++) writeFileSync(join(root, "many", `${at}.png`), png);
    const text = describeDataset(await inspectDataset(root), undefined, { characters: 4000, values: true });
    expect(text).toContain("`./input/info.json`: JSON, {a: list of 2 × number, b: {c: string}}");
    expect(text).toContain("`./input/one.png`: png image, 1×1");
    expect(text).toContain("`./input/many/`: 30 images (.png), sizes 1×1");
    expect(text).toContain("`./input/readme.md`: text, 2 lines");
  });

  it("describes Parquet files as tables, compressed ones too", async () => {
    const root = folder({});
    const age = Array.from({ length: 60 }, (_, at) => (at % 6 === 0 ? null : at));
    const city = Array.from({ length: 60 }, (_, at) => ["Rome", "Oslo"][at % 2]);
    const columnData = [
      { name: "age", data: age, type: "INT32" as const },
      { name: "city", data: city, type: "STRING" as const },
    ];
    const compressors = { GZIP: (bytes: Uint8Array) => new Uint8Array(gzipSync(bytes)) };
    for (const codec of ["UNCOMPRESSED", "SNAPPY", "GZIP"] as const)
      writeFileSync(
        join(root, `${codec}.parquet`),
        Buffer.from(parquetWriteBuffer({ columnData, codec, compressors })),
      );
    const { files } = await inspectDataset(root);
    expect(files.map(({ kind }) => kind)).toEqual(["table", "table", "table"]);
    for (const file of files) {
      const text = describeDataset({ files: [file], unlisted: 0 }, undefined, { characters: 4000, values: true });
      expect(text).toContain("60 rows, 2 columns");
      expect(text).toMatch(/`age` \(1 to 59; 17% missing\)/);
      expect(text).toMatch(/`city` \((Rome, Oslo|Oslo, Rome)\)/);
    }
  });

  it("reads only the head of a large file and says that its rows are an estimate", async () => {
    const root = folder({ "train.csv": rows("a,b", (at) => `${at},${"x".repeat(60)}`, 120_000) });
    const [file] = (await inspectDataset(root)).files;
    expect(file).toMatchObject({ kind: "table", table: { exact: false } });
    const estimated = file?.kind === "table" ? file.table.rows : 0;
    expect(Math.abs(estimated - 120_000)).toBeLessThan(12_000);
  });

  it("says of a file that cannot be read what is wrong, and goes on", async () => {
    const text = describeDataset(
      await inspectDataset(folder({ "bad.parquet": "no parquet", "bad.json": "{", "ok.txt": "x\n" })),
      undefined,
      { characters: 4000, values: true },
    );
    expect(text).toContain("`./input/bad.parquet`: could not be read");
    expect(text).toContain("`./input/ok.txt`");
  });
});

describe("archives", () => {
  const python = (code: string, cwd: string) => execFileSync("python3", ["-c", code], { cwd });

  it("are unpacked where they lie, nested ones too", async () => {
    const root = folder({ "inner.txt": "hello" });
    python(
      "import zipfile,tarfile,os,gzip\nt=tarfile.open('b.tar.gz','w:gz'); t.add('inner.txt'); t.close()\nz=zipfile.ZipFile('a.zip','w'); z.write('b.tar.gz'); z.close()\nos.remove('b.tar.gz'); os.remove('inner.txt')\nopen('c.csv.gz','wb').write(gzip.compress(b'x,y\\n'))",
      root,
    );
    await extractArchives(root);
    expect(readFileSync(join(root, "inner.txt"), "utf8")).toBe("hello");
    expect(readFileSync(join(root, "c.csv"), "utf8")).toBe("x,y\n");
    expect(existsSync(join(root, "a.zip"))).toBe(false);
  });

  it.each([
    [
      "a path out of the folder in a zip",
      "import zipfile; z=zipfile.ZipFile('a.zip','w'); z.writestr('../evil.txt','x'); z.close()",
    ],
    [
      "an absolute path in a zip",
      "import zipfile; z=zipfile.ZipFile('a.zip','w'); z.writestr('/tmp/evil-aide.txt','x'); z.close()",
    ],
    [
      "a link in a zip",
      "import zipfile; z=zipfile.ZipFile('a.zip','w'); i=zipfile.ZipInfo('link'); i.create_system=3; i.external_attr=0o120777<<16; z.writestr(i,'/etc/passwd'); z.close()",
    ],
    [
      "a path out of the folder in a tar",
      "import tarfile,io; t=tarfile.open('a.tar','w'); i=tarfile.TarInfo('../evil.txt'); i.size=1; t.addfile(i,io.BytesIO(b'x')); t.close()",
    ],
    [
      "a link in a tar",
      "import tarfile; t=tarfile.open('a.tar','w'); i=tarfile.TarInfo('link'); i.type=tarfile.SYMTYPE; i.linkname='/etc/passwd'; t.addfile(i); t.close()",
    ],
    [
      "a bomb in a zip",
      "import zipfile; z=zipfile.ZipFile('a.zip','w',zipfile.ZIP_DEFLATED); z.writestr('big',b'0'*5000000); z.close()",
    ],
    ["a bomb in a gz", "import gzip; open('a.csv.gz','wb').write(gzip.compress(b'0'*5000000))"],
    ["what is no zip at all", "open('a.zip','w').write('x')"],
  ])("with %s are refused", async (_name, code) => {
    const root = folder({});
    python(code, root);
    await expect(extractArchives(root, { bytes: 1_000_000, entries: 100 })).rejects.toMatchObject({
      code: "AIDE_ARCHIVE_REFUSED",
    });
    expect(existsSync(join(root, "..", "evil.txt"))).toBe(false);
  });
});
