"""Writes land.txt, the outline of the land, from Natural Earth's 1:50m layer (public domain).

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python3 land.py package/land-50m.json > land.txt

Coasts are simplified (Douglas and Peucker 1973) by less than TOLERANCE degrees; islands smaller
than LEAST degrees are left out.

The form of land.txt: a line a ring. Each ring is a row of numbers: longitude and latitude of the
first point, then the differences to the next one, in twentieths of a degree. A number is doubled, less
one if negative, and written in base 45, lowest digit first; digits stand for the characters from
`0` on, and a digit that another one follows is 45 higher.
"""

import json
import sys

DIGITS = 45
TOLERANCE = 0.06
LEAST = 0.4
PER_DEGREE = 20


def number(value):
    value = value * 2 if value >= 0 else -value * 2 - 1
    out = ""
    while True:
        value, digit = divmod(value, DIGITS)
        out += chr(48 + digit + (DIGITS if value else 0))
        if not value:
            return out


def arcs_of(topology):
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        yield points


def simplified(points):
    keep = {0, len(points) - 1}
    open_ends = [(0, len(points) - 1)]
    while open_ends:
        first, last = open_ends.pop()
        (ax, ay), (bx, by) = points[first], points[last]
        length = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5
        worst, at = 0, None
        for i in range(first + 1, last):
            x, y = points[i]
            if length < 1e-9:
                away = ((x - ax) ** 2 + (y - ay) ** 2) ** 0.5
            else:
                away = abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length
            if away > worst:
                worst, at = away, i
        if worst > TOLERANCE:
            keep.add(at)
            open_ends += [(first, at), (at, last)]
    return [points[i] for i in sorted(keep)]


def main():
    topology = json.load(open(sys.argv[1]))
    arcs = list(arcs_of(topology))
    (land,) = topology["objects"]["land"]["geometries"]
    for polygon in land["arcs"]:
        for ring in polygon:
            points = []
            for index in ring:
                arc = arcs[index] if index >= 0 else arcs[~index][::-1]
                points += arc[1:] if points else arc
            xs, ys = [p[0] for p in points], [p[1] for p in points]
            if max(xs) - min(xs) < LEAST and max(ys) - min(ys) < LEAST:
                continue
            steps = []
            for x, y in simplified(points):
                point = (round(x * PER_DEGREE), round(y * PER_DEGREE))
                if not steps or steps[-1] != point:
                    steps.append(point)
            if len(steps) < 4:
                continue
            x = y = 0
            line = ""
            for px, py in steps:
                line += number(px - x) + number(py - y)
                x, y = px, py
            print(line)


main()
