"""What every numpy program here shares: warm up, time batches of calls, print one JSON document."""

import json
import os
import sys
import time

import numpy as np


def load(folder):
    """The case that bench/case.mjs wrote: scalars and small lists from JSON, columns from .npy files."""
    with open(os.path.join(folder, "case.json"), encoding="utf-8") as file:
        case = json.load(file)
    columns = {name[:-4]: np.load(os.path.join(folder, name)) for name in os.listdir(folder) if name.endswith(".npy")}
    return case, columns


def report(call, output):
    """Times `call` as bench/measure.mjs does and prints the times with the output to compare."""
    settings = json.loads(sys.argv[2])
    batch = settings["batch"]
    warm_until = time.perf_counter() + settings["warmUpMs"] / 1000
    batches = 0
    while batches < settings["warmUpBatches"] or time.perf_counter() < warm_until:
        for _ in range(batch):
            call()
        batches += 1
    samples = []
    measure_until = time.perf_counter() + settings["measureMs"] / 1000
    while len(samples) < settings["samples"] or time.perf_counter() < measure_until:
        started = time.perf_counter_ns()
        for _ in range(batch):
            call()
        samples.append((time.perf_counter_ns() - started) / 1e6 / batch)
    samples.sort()
    print(json.dumps({"medianMs": samples[len(samples) // 2], "output": output(call())}))
