import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { extractArchives } from "../src/folder/archives.ts";
import { wholeFolder } from "../src/index.ts";

const folder = (files: Readonly<Record<string, string>>): string => {
  const root = mkdtempSync(join(tmpdir(), "aide-folder-"));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(root, path, ".."), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
};

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

  it("keep their files apart from others of the same name", async () => {
    const root = folder({ "train.csv": "a,b\n1,2\n" });
    python(
      "import zipfile,gzip\nz=zipfile.ZipFile('backup.zip','w'); z.writestr('train.csv','a,b\\n9,9\\n'); z.close()\nopen('train.csv.gz','wb').write(gzip.compress(b'zipped'))",
      root,
    );
    await extractArchives(root);
    expect(readFileSync(join(root, "train.csv"), "utf8")).toBe("a,b\n1,2\n");
    expect(readFileSync(join(root, "backup-unpacked", "train.csv"), "utf8")).toBe("a,b\n9,9\n");
    expect(readFileSync(join(root, "train.csv-unpacked", "train.csv"), "utf8")).toBe("zipped");
  });
});

describe("links of a data folder", () => {
  const elsewhere = folder({ "far.csv": "a\n1\n", "deep/one.csv": "b\n2\n" });

  it("are followed, and named where they leave it or lead nowhere", async () => {
    const root = folder({ "sub/near.csv": "c\n3\n" });
    symlinkSync(join(elsewhere, "far.csv"), join(root, "train.csv"));
    symlinkSync(join(elsewhere, "deep"), join(root, "deep"));
    symlinkSync("sub/near.csv", join(root, "near.csv"));
    symlinkSync("nowhere.csv", join(root, "gone.csv"));
    symlinkSync("..", join(root, "sub", "up"));
    const copy = join(folder({}), "copy");
    const { folder: whole, notes } = await wholeFolder(root, copy, true);
    expect(whole).toBe(copy);
    const found = readdirSync(copy, { recursive: true }).map(String).toSorted();
    expect(found).toEqual(["deep", "deep/one.csv", "near.csv", "sub", "sub/near.csv", "train.csv"]);
    expect(notes).toEqual([
      `deep is a link out of the data folder, to ${join(elsewhere, "deep")}: read as a file of it`,
      "gone.csv is a link that leads nowhere: left out",
      "sub/up is a link back to a folder that it lies in: left out",
      `train.csv is a link out of the data folder, to ${join(elsewhere, "far.csv")}: read as a file of it`,
    ]);
  });

  it("and archives alone are why a folder is copied", async () => {
    const root = folder({ "train.csv": "a\n1\n" });
    expect(await wholeFolder(root, join(root, "never"), true, [join(root, "logs")])).toEqual({
      folder: root,
      notes: [],
    });
  });

  it("leave out what lies there and is no data, however deep, and nothing that is called alike", async () => {
    const root = folder({
      "train.csv": "a\n1\n",
      "logs/0-run/best.csv": "x\n",
      "logs.csv": "b\n2\n",
      "own/inner/a.csv": "x\n",
    });
    const copy = join(folder({}), "copy");
    expect(await wholeFolder(root, copy, true, [join(root, "logs"), join(root, "own", "inner"), root])).toEqual({
      folder: copy,
      notes: [],
    });
    expect(readdirSync(copy, { recursive: true }).map(String).toSorted()).toEqual(["logs.csv", "train.csv"]);
  });
});
