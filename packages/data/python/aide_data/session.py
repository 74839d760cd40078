"""One conversation about a data folder: tables stay open, what was read once is known."""

from pathlib import Path

import numpy as np
import pandas as pd

from .facts import describe, describe_parts
from .keys import Keys, normal_texts, written_keys
from .labels import read_labels
from .layout import Layout, copy_others, lay_out_final
from .leaks import LARGE_BYTES, Held, scan_folder
from .problem import Problem


class Session:
    def __init__(self):
        self.forget()

    def forget(self):
        """Releases all that was read of one folder, before another one is described: long tables fill the memory."""
        self.tables, self.facts, self.keys, self.labels, self.layout, self.held = {}, {}, Keys(), None, None, None

    def describe(self, root, paths, brief=False):
        """Facts of each file's table; null for a file that holds none, a problem for one that cannot be read."""
        answer = []
        for path in paths:
            try:
                facts, table = describe(root, path, brief)
                if table is not None:
                    self.tables[path], self.facts[path] = table, facts
                answer.append(facts)
            except Problem as problem:
                answer.append({"path": path, "problem": problem_answer(problem)})
            except (ValueError, OSError, UnicodeError, ImportError, KeyError, TypeError, EOFError) as error:
                answer.append({"path": path, "problem": problem_answer(Problem("unreadable", cause=str(error)[:300]))})
        return answer

    def describe_parts(self, paths):
        return describe_parts([(self.facts[path], self.tables[path]) for path in paths])

    def relate(self, questions):
        pairs = [(self.tables[one["first"]], one["columns"], self.tables[one["second"]], one["others"]) for one in questions]
        self.keys.read([side for first, columns, second, others in pairs for side in ((first, columns), (second, others))])
        answer = [self.keys.relate(*pair) for pair in pairs]
        self.keys.forget()
        return answer

    def survey(self, train, labels, join, targets, classes, group, date):
        """Reads the labels of the training rows; see `Labels.survey`."""
        tables = [self.tables[path] for path in train]
        extra = [name for name in (group, date) if name is not None]
        if labels is None:
            self.labels = read_labels(tables, targets, extra)
        else:
            apart = read_labels([self.tables[labels]], targets)
            self.labels = apart.joined(self._rows_of(apart, tables, labels, join))
            if extra:
                self.labels.others = pd.concat([table.frame(extra) for table in tables], ignore_index=True)
        self.date, self.held = date, None
        return self.labels.survey(classes, group)

    def _rows_of(self, apart, tables, labels, join):
        """For each row with features, the row of its label."""
        if join is None:
            rows = sum(len(table.frame(table.names()[:1])) for table in tables)
            if rows != apart.rows:
                raise Problem("labels-misaligned", file=labels, rows=apart.rows, wanted=rows)
            return np.arange(rows)
        known = {key: at for at, key in enumerate(written_keys(self.tables[labels], join["labels"]))}
        return np.array([known.get(key, -1) for table in tables for key in written_keys(table, join["features"])], int)

    def latest(self, count):
        return self.labels.latest(count, self.date)

    def lay_out(self, plan):
        self.layout = Layout(self.tables.__getitem__, self.labels, plan)
        self.held = self.held or self._held(plan)
        return self.layout.write()

    def _held(self, plan):
        layout, labels = self.layout, self.labels
        rows, targets = layout.held, layout.targets
        ids = plan["id"]["train"]
        keys = layout.ids_of_held(ids) if len(ids) == 1 else None
        small = all(store.table.file.stat().st_size <= LARGE_BYTES for store in layout.train)
        cells = rest = pd.DataFrame()
        known = list(keys or [])
        if small:
            whole = pd.concat([store.table.frame() for store in layout.train], ignore_index=True)
            texts = pd.DataFrame({name: normal_texts(whole[name]) for name in whole.columns if name not in targets}, index=whole.index)
            cells = texts.iloc[rows].reset_index(drop=True)
            left = np.setdiff1d(np.arange(len(whole)), rows)
            own = pd.DataFrame({name: labels.texts(name, np.arange(labels.rows)) for name in targets})
            rest = pd.concat([texts, own], axis=1).iloc[left]
            if keys is not None:
                known = [key for store in layout.train for key in written_keys(store.table, ids)]
        some = np.union1d(labels.sample(labels.labelled, plan["seed"]), rows)
        return Held(
            keys=keys,
            cells=cells,
            truth={name: labels.texts(name, rows) for name in targets},
            labels={name: labels.texts(name, some) for name in targets},
            rows=rows.tolist(),
            total=labels.rows,
            rest=rest if small else None,
            lines=layout.held_lines() if small and not plan["labels"] else [],
            id_names={name for names in plan["id"].values() for name in names},
            known_keys=[*known, *(layout.own_keys() if plan["id"]["test"] else [])],
        )

    def search(self, plan):
        """Looks for held labels in the user's folder, before it is laid out: which tables lose rows, which files stay out."""
        self.layout = Layout(self.tables.__getitem__, self.labels, plan)
        self.held = self._held(plan)
        roles = {*plan["train"], plan["labels"], plan["test"], plan["sample"]}
        for companion in plan["companions"]:
            roles |= {companion["train"], companion["test"]}
        findings, opaque = scan_folder(plan["root"], self.held, {}, set(plan["allowed"]), roles - {None})
        return {"findings": [{**one.facts(), "at": list(one.at)} for one in findings], "opaque": opaque}

    def scan(self, folder, test, places, allowed):
        """Looks for held labels in what scripts will read. `places`: rows of the file of rows to predict that are held rows, and which."""
        findings, opaque = scan_folder(folder, self.held, {test: places}, set(allowed))
        return {"findings": [one.facts() for one in findings], "opaque": opaque}

    def copy(self, source, target):
        copy_others(Path(source), (), Path(target))

    def final(self, plan):
        lay_out_final(self.tables.__getitem__, plan)


def problem_answer(problem):
    return {"kind": problem.kind, "facts": problem.facts}
