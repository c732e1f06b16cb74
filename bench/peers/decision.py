"""Peers of the benchmarks in bench/decision.mjs: whole columns at a time, no bands and no findings."""

import json
import os
import sys

import numpy as np

from timing import report

FOLDER = sys.argv[1]
with open(os.path.join(FOLDER, "decision.json"), encoding="utf-8") as file:
    CASE = json.load(file)


def column(name):
    return np.fromfile(os.path.join(FOLDER, f"{name}.f64"))


def impact():
    shares, adv, sigma = column("shares"), column("adv"), column("sigma")
    outstanding, spread, slope = column("outstanding"), column("spread"), column("slope")
    days = 2.0

    def call():
        size = np.abs(shares)
        part = size / adv
        peaks, costs = [], []

        def add(peak, cost):
            peaks.append(peak)
            costs.append(cost)

        for exponent in (0.5, 0.6, 0.7):
            peak = sigma * part**exponent
            add(peak, peak / (1 + exponent))
        permanent = 0.314 * sigma * part * (outstanding / adv) ** 0.25
        temporary = 0.142 * sigma * (part / days) ** 0.6
        add(permanent + temporary, permanent / 2 + temporary)
        permanent = spread * part / 0.1
        rated = spread * part / (0.01 * days)
        add(spread / 2 + permanent + rated, spread / 2 + permanent / 2 + rated)
        displaced = sigma * np.sqrt(part)
        fading = 0.5 * displaced / (2.231 * days + 2)
        add(0.5 * displaced + 2 * fading, 0.25 * displaced + fading)
        onset, decay = 1 / 240, 0.5
        grown = lambda t: onset / (1 - decay) * ((1 + t / onset) ** (1 - decay) - 1)
        mean = onset / (1 - decay) * (onset / ((2 - decay) * days) * ((1 + days / onset) ** (2 - decay) - 1) - 1)
        scale = sigma / grown(1.0) * np.sqrt(part / days)
        add(scale * grown(days), scale * mean)
        add(slope * size, slope * size / 2)
        q = size / outstanding
        peak = sigma / np.sqrt(q * (adv / outstanding)) * q
        add(peak, peak / 2)
        return np.stack(peaks, axis=1), np.stack(costs, axis=1)

    report(call, lambda result: {"exact": {}, "close": {"peak": result[0].ravel().tolist(), "cost": result[1].ravel().tolist()}})


def frontier():
    risk = column("riskAversions")
    X, T, N = CASE["shares"], CASE["days"], CASE["periods"]
    sigma, gamma = CASE["volatility"], CASE["permanent"]

    def call():
        tau = T / N
        net = CASE["temporary"] - gamma * tau / 2
        kappa = np.arccosh(risk * sigma**2 * tau**2 / net / 2 + 1) / tau
        t = tau * np.arange(N + 1)
        k = kappa[:, None]
        left = np.exp(-k * t) * np.expm1(-2 * k * (T - t)) / np.expm1(-2 * k * T)
        left[:, -1] = 0
        held = X * left
        trades = held[:, :-1] - held[:, 1:]
        cost = gamma * X**2 / 2 + CASE["halfSpread"] * X + net / tau * (trades**2).sum(axis=1)
        return cost, sigma**2 * tau * (held[:, 1:] ** 2).sum(axis=1)

    report(call, lambda result: {"exact": {}, "close": {"cost": result[0].tolist(), "variance": result[1].tolist()}})


def study():
    market = column("market")
    own = column("own").reshape(CASE["events"], CASE["days"])
    window = CASE["window"]
    before = CASE["days"] - window
    n = CASE["events"]

    def call():
        m, r = market[:before], own[:, :before]
        mean = m.mean()
        centred = m - mean
        sxx = (centred**2).sum()
        beta = (r - r.mean(axis=1, keepdims=True)) @ centred / sxx
        alpha = r.mean(axis=1) - beta * mean
        residuals = r - alpha[:, None] - beta[:, None] * m
        deviation = np.sqrt((residuals**2).sum(axis=1) / (before - 2))
        mw = market[before:]
        abnormal = own[:, before:] - alpha[:, None] - beta[:, None] * mw
        one = np.sqrt(1 + 1 / before + (mw - mean) ** 2 / sxx)
        standardised = abnormal / (deviation[:, None] * one)
        error = deviation * np.sqrt(window + window**2 / before + (mw.sum() - window * mean) ** 2 / sxx)
        correlation = (np.corrcoef(residuals).sum() - n) / (n * (n - 1))
        patell = standardised.sum(axis=0) / np.sqrt(n * (before - 2) / (before - 4))
        bmp = standardised.mean(axis=0) / (standardised.std(axis=0, ddof=1) / np.sqrt(n))
        everything = np.concatenate([residuals, abnormal], axis=1)
        ranks = (everything.argsort(axis=1).argsort(axis=1) + 1) / (everything.shape[1] + 1) - 0.5
        daily = ranks.mean(axis=0)
        rank = daily[before:] / np.sqrt((daily**2).mean())
        p = (residuals > 0).mean(axis=1).mean()
        sign = ((abnormal > 0).sum(axis=0) - n * p) / np.sqrt(n * p * (1 - p))
        return beta, 1 + abnormal.sum(axis=1), error, np.array([1 + correlation]), 10 + patell, 10 + bmp, 10 + rank, 10 + sign

    names = ("beta", "car", "error", "correlation", "patell", "bmp", "rank", "sign")
    report(call, lambda result: {"exact": {}, "close": {name: values.tolist() for name, values in zip(names, result)}})


{"impact-10000": impact, "frontier-200": frontier, "study-500": study}[CASE["name"]]()
