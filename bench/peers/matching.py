"""Peer of the matching benchmark: a plain price-time book, a deque per price and a heap of prices per side."""

import hashlib
import heapq
import os
import struct
import sys
from collections import deque

import numpy as np

from timing import report

LEVELS = 4000
BUY = 0

with open(os.path.join(sys.argv[1], "messages.i32"), "rb") as file:
    messages = np.frombuffer(file.read(), dtype=np.int32).reshape(-1, 4).tolist()


class Order:
    __slots__ = ("number", "side", "level", "shares")

    def __init__(self, number, side, level, shares):
        self.number, self.side, self.level, self.shares = number, side, level, shares


class Book:
    """A cancelled order stays in its queue with no shares and is passed over, as many Python books do."""

    def __init__(self):
        self.orders = {}
        self.queues = ({}, {})
        self.heaps = ([], [])
        self.trades = []

    def best(self, side):
        heap, queues = self.heaps[side], self.queues[side]
        while heap:
            level = -heap[0] if side == BUY else heap[0]
            queue = queues[level]
            while queue and queue[0].shares == 0:
                queue.popleft()
            if queue:
                return level, queue
            heapq.heappop(heap)
            del queues[level]
        return None, None

    def sweep(self, side, number, limit, shares):
        while shares > 0:
            level, queue = self.best(1 - side)
            if level is None or (level > limit if side == BUY else level < limit):
                break
            resting = queue[0]
            traded = min(shares, resting.shares)
            self.trades.append((number, resting.number, level, traded))
            shares -= traded
            resting.shares -= traded
            if resting.shares == 0:
                del self.orders[resting.number]
        return shares

    def enter(self, side, number, level, shares):
        left = self.sweep(side, number, level, shares)
        if left == 0:
            return
        queue = self.queues[side].get(level)
        if queue is None:
            queue = self.queues[side][level] = deque()
            heapq.heappush(self.heaps[side], -level if side == BUY else level)
        self.orders[number] = order = Order(number, side, level, left)
        queue.append(order)

    def cancel(self, number):
        order = self.orders.pop(number, None)
        if order is not None:
            order.shares = 0
        return order

    def replace(self, number, level, shares):
        order = self.orders.get(number)
        if order is None:
            return
        if order.level == level and shares <= order.shares:
            order.shares = shares
            return
        self.cancel(number)
        self.enter(order.side, number, level, shares)


def match():
    book = Book()
    for kind, number, level, shares in messages:
        if kind <= 1:
            book.enter(kind, number, level, shares)
        elif kind == 4:
            book.cancel(number)
        elif kind == 5:
            book.replace(number, level, shares)
        else:
            side = kind & 1
            book.sweep(side, number, LEVELS - 1 if side == BUY else 0, shares)
    return book


def output(book):
    packed = b"".join(struct.pack("<4i", *trade) for trade in book.trades)
    best = [book.best(side)[0] for side in (0, 1)]
    return {
        "exact": {
            "trades": len(book.trades),
            "tape": hashlib.sha256(packed).hexdigest(),
            "best": [-1 if level is None else level for level in best],
        },
        "close": {},
    }


report(match, output)
