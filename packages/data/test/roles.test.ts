import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RoleHints } from "../src/index.ts";
import { hintsOf, openReader, rolesIn, writeFiles, type Opened } from "./folder.ts";

let opened: Opened;
beforeAll(async () => {
  opened = await openReader();
});
afterAll(() => opened[Symbol.asyncDispose]());

const rolesOf = async (files: Readonly<Record<string, string>>, words = "predict", more: Partial<RoleHints> = {}) => {
  const folder = mkdtempSync(join(tmpdir(), "aide-roles-"));
  await writeFiles(folder, files);
  const found = await rolesIn(opened.reader, folder, hintsOf(words, more));
  if (found.kind !== "found") return found;
  const { roles } = found;
  return {
    files: Object.fromEntries(roles.files.map(({ path, role }) => [path, role])),
    targets: roles.targets,
    id: roles.id,
    answer: roles.answer,
    train: roles.train.map(({ path }) => path),
  };
};

const rows = (header: string, line: (at: number) => string, count = 60): string =>
  `${header}\n${Array.from({ length: count }, (_, at) => line(at)).join("\n")}\n`;

const noise = (at: number): string => ((at * 7919) % 1009).toString();

describe("roles are found from what tables hold", () => {
  it("train, test and sample submission, whatever they are called", async () => {
    const found = await rolesOf({
      "a.csv": rows("key,size,price", (at) => `${at},${noise(at)},${at * 2}`),
      "b.csv": rows("key,size", (at) => `${at + 100},${noise(at)}`, 20),
      "c.csv": rows("key,price", (at) => `${at + 100},0`, 20),
    });
    expect(found).toMatchObject({
      files: { "a.csv": "train", "b.csv": "test", "c.csv": "sample" },
      targets: ["price"],
      id: { train: ["key"], test: ["key"], sample: ["key"] },
    });
  });

  it("features and labels in two files, with and without an id", async () => {
    const features = rows("id,a,b", (at) => `${at},${noise(at)},x`);
    const labels = rows("id,outcome", (at) => `${at},${at % 3}`);
    expect(
      await rolesOf({
        "train_features.csv": features,
        "train_labels.csv": labels,
        "test_features.csv": rows("id,a,b", (at) => `${at + 500},${noise(at)},x`, 30),
      }),
    ).toMatchObject({
      files: { "train_features.csv": "train", "train_labels.csv": "labels", "test_features.csv": "test" },
      targets: ["outcome"],
    });
    expect(
      await rolesOf({
        "X_train.csv": rows("a,b", (at) => `${noise(at)},x`),
        "y_train.csv": rows("y", (at) => `${at % 2}`),
        "X_test.csv": rows("a,b", (at) => `${noise(at + 9)},x`, 25),
        "y_test.csv": rows("y", (at) => `${at % 2}`, 25),
      }),
    ).toMatchObject({
      files: { "X_train.csv": "train", "y_train.csv": "labels", "X_test.csv": "test", "y_test.csv": "test labels" },
      targets: ["y"],
    });
  });

  it.each([
    ["everything", 60],
    ["the half", 30],
  ])("labels apart from features of which a table beside them holds %s once more", async (_what, count) => {
    const again = rows("id,same,outcome", (at) => `${at},1,${noise(at)}`, count);
    expect(
      await rolesOf(
        {
          "X_train.csv": rows("id,same", (at) => `${at},1`),
          "y_train.csv": rows("id,outcome", (at) => `${at},${noise(at)}`),
          "X_test.csv": rows("id,same", (at) => `${at + 500},1`, 15),
          "backup.csv": again,
        },
        "Predict the outcome",
      ),
    ).toMatchObject({ files: { "X_train.csv": "train", "y_train.csv": "labels" }, targets: ["outcome"] });
  });

  it("train in parts, a part of it again, a data dictionary, tables of something else", async () => {
    const found = await rolesOf({
      "train_1.csv": rows("id,a,y", (at) => `${at},${noise(at)},${at % 5}`),
      "train_2.csv": rows("id,a,y", (at) => `${at + 60},${noise(at + 60)},${at % 5}`),
      "train_small.csv": rows("id,a,y", (at) => `${at},${noise(at)},${at % 5}`, 12),
      "test.csv": rows("id,a", (at) => `${at + 300},${noise(at)}`, 20),
      "columns.csv": "name,meaning\nid,the row\na,the size\ny,what is asked\n",
      "rates.csv": "currency,rate\nusd,1.1\neur,1\n",
    });
    expect(found).toMatchObject({
      files: {
        "train_1.csv": "train",
        "train_2.csv": "train",
        "train_small.csv": "part of train",
        "test.csv": "test",
        "columns.csv": "description",
        "rates.csv": "other",
      },
      train: ["train_1.csv", "train_2.csv"],
    });
  });

  it("tables that are joined by an id, the target in one of them", async () => {
    const found = await rolesOf({
      "train_main.csv": rows("uid,amount,fraud", (at) => `${at},${noise(at)},${at % 2}`),
      "train_extra.csv": rows("uid,v-1,device", (at) => `${at * 2},${noise(at)},d`, 30),
      "test_main.csv": rows("uid,amount", (at) => `${at + 1000},${noise(at)}`, 20),
      "test_extra.csv": rows("uid,v_1,device", (at) => `${at * 2 + 1000},${noise(at)},d`, 10),
      "sample.csv": rows("uid,fraud", (at) => `${at + 1000},0.5`, 20),
    });
    expect(found).toMatchObject({
      files: {
        "train_main.csv": "train",
        "test_main.csv": "test",
        "train_extra.csv": "companion",
        "test_extra.csv": "companion",
        "sample.csv": "sample",
      },
      targets: ["fraud"],
    });
  });

  it("a table alone, its target from the words or by its name", async () => {
    const homes = rows("Area,SalePrice,Rooms", (at) => `${noise(at)},${at * 3},2`);
    expect(await rolesOf({ "homes.csv": homes }, "Predict the sale price of a home")).toMatchObject({
      targets: ["SalePrice"],
    });
    const named = rows("a,b,target", (at) => `${noise(at)},${at % 4},${at % 2}`);
    expect(await rolesOf({ "data.tsv": named.replaceAll(",", "\t") }, "classify")).toMatchObject({
      targets: ["target"],
    });
    expect(await rolesOf({ "homes.csv": homes }, "do something")).toMatchObject({
      kind: "no-target",
      candidates: ["Area", "SalePrice", "Rooms"],
    });
    expect(await rolesOf({ "homes.csv": homes }, "do something", { targets: ["Rooms"] })).toMatchObject({
      targets: ["Rooms"],
    });
  });

  it("several targets, a column for each class, answers under another name", async () => {
    const test = rows("id,t", (at) => `${at + 100},${noise(at)}`, 20);
    expect(
      await rolesOf({
        "train.csv": rows("id,t,u,v", (at) => `${at},${noise(at)},${at},${at * 2}`),
        "test.csv": test,
        "sample_submission.csv": rows("id,u,v", (at) => `${at + 100},0,0`, 20),
      }),
    ).toMatchObject({ targets: ["u", "v"], answer: { kind: "value", columns: ["u", "v"] } });
    expect(
      await rolesOf({
        "train.csv": rows("id,t,author", (at) => `${at},${noise(at)},${["EAP", "HPL", "MWS"][at % 3]}`),
        "test.csv": test,
        "sample_submission.csv": rows("id,p_HPL,p_EAP,p_MWS", (at) => `${at + 100},0.3,0.3,0.4`, 20),
      }),
    ).toMatchObject({
      targets: ["author"],
      answer: { kind: "class-probabilities", classes: ["HPL", "EAP", "MWS"] },
    });
    expect(
      await rolesOf({
        "train.csv": rows("id,t,count", (at) => `${at},${noise(at)},${at}`),
        "test.csv": test,
        "sample_submission.csv": rows("Id,Predicted", (at) => `${at + 100},0`, 20),
      }),
    ).toMatchObject({
      targets: ["count"],
      answer: { kind: "value", columns: ["Predicted"] },
      id: { train: ["id"], test: ["id"], sample: ["Id"] },
    });
  });
});

describe("an id is recognised by its values", () => {
  it.each([
    ["patient", (at: number, from: number) => String(at + from)],
    ["PassengerId", (at: number, from: number) => String(at + from)],
    ["no", (at: number, from: number) => String(at + from)],
    ["plate", (at: number, from: number) => `AB-${String(at + from).padStart(4, "0")}`],
  ])("called %s", async (name, value) => {
    const found = await rolesOf({
      "train.csv": rows(`${name},a,y`, (at) => `${value(at, 0)},${noise(at)},${at % 9}`),
      "test.csv": rows(`${name},a`, (at) => `${value(at, 700)},${noise(at)}`, 20),
    });
    expect(found).toMatchObject({ id: { train: [name], test: [name] }, targets: ["y"] });
  });

  it("and a feature with a value of its own in each row is none", async () => {
    const found = await rolesOf({
      "train.csv": rows("income,y", (at) => `${at * at * 31 + 1000},${at % 9}`),
      "test.csv": rows("income", (at) => `${at * at * 37 + 700_001}`, 20),
    });
    expect(found).toMatchObject({ id: { train: [], test: [], sample: [] }, targets: ["y"] });
  });

  it("of several columns, or in a first column without a name", async () => {
    const place = (at: number) => `${["sj", "iq"][at % 2]},${1990 + Math.floor(at / 20)},${Math.floor(at / 2) % 10}`;
    expect(
      await rolesOf({
        "train.csv": rows("city,year,week,t,cases", (at) => `${place(at)},${noise(at)},${at}`),
        "test.csv": rows("city,year,week,t", (at) => `${place(at + 100)},${noise(at)}`, 20),
        "form.csv": rows("city,year,week,cases", (at) => `${place(at + 100)},0`, 20),
      }),
    ).toMatchObject({ id: { sample: ["city", "year", "week"] }, targets: ["cases"] });
    expect(
      await rolesOf({
        "train.csv": rows(",a,y", (at) => `${at},${noise(at)},${at % 9}`),
        "test.csv": rows(",a", (at) => `${at},${noise(at)}`, 20),
      }),
    ).toMatchObject({ id: { train: [""], test: [""] } });
  });
});

describe("roles of a config", () => {
  const files = {
    "one.csv": rows("id,a,y", (at) => `${at},${noise(at)},${at % 9}`),
    "two.csv": rows("id,a,y", (at) => `${at + 80},${noise(at)},${at % 9}`, 30),
  };

  it("win over what the tables suggest", async () => {
    expect(await rolesOf(files, "predict y", { files: { train: ["two.csv"], test: ["one.csv"] } })).toMatchObject({
      files: { "two.csv": "train", "one.csv": "test" },
      targets: ["y"],
    });
  });

  it.each([
    [{ files: { train: ["three.csv"] } }, "AIDE_ROLE_UNKNOWN", 'roles.train names "three.csv"'],
    [{ targets: ["z"] }, "AIDE_TARGET_UNKNOWN", 'no column "z"'],
    [{ id: ["key"] }, "AIDE_ID_UNKNOWN", 'the column "key"'],
  ])("%j are checked", async (hints, code, message) => {
    const rejected = rolesOf(files, "predict y", hints);
    await expect(rejected).rejects.toMatchObject({ message: expect.stringContaining(message) });
    await expect(rejected).rejects.toMatchObject({ code: code });
  });
});
