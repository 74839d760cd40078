import { describe, expect, it } from "vitest";
import type { Column } from "../src/index.ts";
import { askedByClass, askedFor } from "../src/roles/goal.ts";

describe("a goal asks for", () => {
  it.each<[text: string, columns: string, asked: string]>([
    // What stands first behind the verb, and not what it is predicted from.
    ["Predict the weight of a chick from its age and diet", "weight age diet chick", "weight"],
    ["Tell the treatment group of a plant from its weight.", "weight group", "group"],
    ["Predict the wage of a man in the Mid-Atlantic region.", "region wage age", "wage"],
    ["We have rooms, area and age of flats. Predict the price.", "rooms area age price", "price"],
    ["What salary does a professor have, by rank and discipline?", "rank discipline salary", "salary"],
    ["Given age and income, predict default.", "age income default", "default"],
    ["Which customers will default on their loan?", "income default", "default"],
    ["Sage den Kaufpreis eines Hauses voraus.", "Kaufpreis Zimmer", "Kaufpreis"],
    // In another spelling, or in other forms.
    ["Predict the sale price of a home", "Area,SalePrice,Rooms", "SalePrice"],
    ["Predict how much a student smokes.", "Sex Smoke", "Smoke"],
    ["Predict the body mass of a penguin", "Body Mass (g),Sex", "Body Mass (g)"],
    ["Predict the total sleep of a mammal", "sleep_total sleep_rem total", "sleep_total"],
    [
      "Predict the height of a grown child from the heights of its parents.",
      "father mother children childHeight",
      "childHeight",
    ],
    // The head of a compound.
    ["Predict house price", "house price", "price"],
    ["Predict the sleep disorder", "sleep disorder", "disorder"],
    // Short forms.
    ["Estimate the magnitude of an earthquake.", "lat long depth mag", "mag"],
    ["Predict the median value of homes.", "rm age medv", "medv"],
    ["Predict how many miles per gallon a car drives.", "mpg cyl wt", "mpg"],
    ["Predict how far a car drives on the highway.", "cty hwy class", "hwy"],
    ["Predict the life expectancy of a country", "country lifeExp pop", "lifeExp"],
    ["Predict the investment of a firm", "firm year inv", "inv"],
    // Lists.
    ["Predict Weight, Waist and Pulse of a person.", "Chins Weight Waist Pulse", "Weight Waist Pulse"],
    ["Predict the scores SATV and SATQ of a student", "SATV SATQ age", "SATV SATQ"],
    ["How many units does each store sell?", "store units", "units"],
  ])("%s (%s): %s", (text, columns, asked) => {
    const split = (names: string) => names.split(names.includes(",") ? "," : " ");
    expect(askedFor(split(columns), text)).toEqual(asked.includes("(") ? [asked] : split(asked));
  });

  it.each([
    ["Is a lump malignant?", "diagnosis"],
    ["Predict whether a tumour is benign or malignant.", "diagnosis"],
    ["Is a passenger of the first class malignant, and female?", undefined],
    ["Forecast the growth of malignant lumps", undefined],
    ["Will it grow?", undefined],
  ])("a class of a column: %s", (text, asked) => {
    const column = (name: string, values: readonly string[]): Column => ({
      name,
      position: 0,
      type: "category",
      missing: 0,
      read: 9,
      unique: values.length,
      values,
    });
    const columns = [
      column("diagnosis", ["benign", "malignant"]),
      column("sex", ["male", "none"]),
      column("stage", ["grow", "shrink", "stay"]),
    ];
    expect(askedByClass(columns, text)).toBe(asked);
  });

  it.each([
    ["do something", "Area SalePrice Rooms"],
    ["Build the best model you can for these cars.", "Make Model Price"],
    ["Make the best classifier of this table.", "card income"],
    ["House prices. Columns: area, rooms, age", "area rooms age sold"],
    ["Predict the number of bikes", "num casual registered"],
    // What it is predicted from, where and when.
    ["Predict the weight of a chick from its age", "age diet"],
    ["Predict the wage of a man in the Mid-Atlantic region.", "region race"],
    ["Predict the progression of diabetes after a year.", "year sex"],
    ["Predict the value of owner-occupied homes. We have age, owner and tax.", "owner tax age"],
    // Words that only look alike, or that are no names here.
    ["Predict the height of a singer", "weight part"],
    ["Predict the voice of a singer from the height", "from part"],
    ["Predict how many miles per gallon a car drives.", "card lat"],
    ["Predict the sales. median absolute error", "median Errors"],
    ["", "a b"],
  ])("nothing that is certain: %s (%s)", (text, columns) => {
    expect(askedFor(columns.split(" "), text)).toEqual([]);
  });
});
