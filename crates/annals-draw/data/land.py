"""Writes land.txt, the outline of the land, from Natural Earth's 1:110m layer (public domain).

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python3 land.py package/land-110m.json > land.txt

The form of land.txt: a line a ring. Each ring is a row of numbers: longitude and latitude of the
first point, then the differences to the next one, in tenths of a degree. A number is doubled, less
one if negative, and written in base 45, lowest digit first; digits stand for the characters from
`0` on, and a digit that another one follows is 45 higher.
"""

import json
import sys

DIGITS = 45


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
            tenths = []
            for x, y in points:
                point = (round(x * 10), round(y * 10))
                if not tenths or tenths[-1] != point:
                    tenths.append(point)
            if len(tenths) < 4:
                continue
            x = y = 0
            line = ""
            for px, py in tenths:
                line += number(px - x) + number(py - y)
                x, y = px, py
            print(line)


main()
