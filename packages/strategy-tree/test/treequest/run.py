"""Runs a search of treequest on synthetic trees and prints one line of JSON.

shapes SEEDS NODES [BETA]: for each seed, number of root children and the largest share of nodes below one of them, under ABMCTSA.
times ALGORITHM SECONDS: microseconds of each ask with its tell, for as many nodes as the time allows.

The reward of a node follows from its path, which is what a node's state is: see `reward`. The same function is in reward.ts.
"""

import json
import sys
import time

import numpy as np
import treequest


def mixed(path: list[int]) -> float:
    """Uniform-looking in [0, 1): FNV-1a over the places of the path, mixed as MurmurHash3 does at its end."""
    value = 2166136261
    for place in path:
        value = ((value ^ (place & 0xFFFF)) * 16777619) & 0xFFFFFFFF
    value ^= value >> 16
    value = (value * 0x85EBCA6B) & 0xFFFFFFFF
    value ^= value >> 13
    value = (value * 0xC2B2AE35) & 0xFFFFFFFF
    value ^= value >> 16
    return value / 2**32


def reward(path: list[int], noise: float) -> float:
    """A walk: each place along the path adds its own step, then noise in [-0.1, 0.1)."""
    steps = [mixed(path[: depth + 1]) - 0.5 for depth in range(len(path))]
    return min(1.0, max(0.0, 0.5 + 0.4 * sum(steps) + 0.2 * (noise - 0.5)))


def grow(algorithm, random, action="expand"):
    state = algorithm.init_tree()
    children: dict[tuple[int, ...], int] = {}

    def step():
        nonlocal state
        state, [trial] = algorithm.ask_batch(state, 1, [action])
        parent = trial.parent_state or ()
        place = children.get(parent, 0)
        children[parent] = place + 1
        path = (*parent, place)
        state = algorithm.tell(state, trial.trial_id, (path, reward(list(path), random.random())))

    return step, lambda: algorithm.get_state_score_pairs(state)


def shapes(seeds: int, nodes: int, dist_type: str) -> dict:
    widths, shares = [], []
    for seed in range(seeds):
        np.random.seed(seed)
        step, pairs = grow(treequest.ABMCTSA(dist_type=dist_type), np.random.RandomState(seed + 1_000_000))
        for _ in range(nodes):
            step()
        tops = [path[0] for path, _ in pairs()]
        widths.append(len(set(tops)))
        shares.append(max(tops.count(top) for top in set(tops)) / nodes)
    return {"widths": widths, "shares": shares}


def times(name: str, seconds: float) -> list[float]:
    np.random.seed(0)
    step, _ = grow(getattr(treequest, name)(), np.random.RandomState(1))
    taken = []
    end = time.perf_counter() + seconds
    while (began := time.perf_counter()) < end:
        step()
        taken.append((time.perf_counter() - began) * 1e6)
    return taken


kind, first, second, *rest = sys.argv[1:]
if kind == "shapes":
    print(json.dumps(shapes(int(first), int(second), rest[0] if rest else "gaussian")))
else:
    print(json.dumps(times(first, float(second))))
