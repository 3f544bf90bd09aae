"""python-edtf on a file of expressions, one a line: `time FILE` or `check FILE`."""

import contextlib
import io
import json
import math
import sys
import time

from edtf import parse_edtf


def bounds(text):
    value = parse_edtf(text)
    return value.lower_strict(), value.upper_strict()


def day(value, infinite):
    if isinstance(value, float) and math.isinf(value):
        return infinite
    if value is None:
        return "unknown"
    sign = "-" if value.tm_year < 0 else ""
    return f"{sign}{abs(value.tm_year):04}-{value.tm_mon:02}-{value.tm_mday:02}"


def answer(text):
    try:
        parse_edtf(text)
    except Exception:  # Some texts end it in a TypeError; they are not read either.
        return None
    try:
        lo, hi = bounds(text)
        return [day(lo, "-inf"), day(hi, "+inf")]
    except Exception:  # It has no bounds for some of what it parses.
        return ["", ""]


def main():
    mode, file = sys.argv[1:]
    with open(file, encoding="utf-8") as lines:
        texts = lines.read().split("\n")[:-1]
    # It prints remarks of its own.
    with contextlib.redirect_stdout(io.StringIO()):
        if mode == "time":
            start, read = time.perf_counter(), 0
            for text in texts:
                try:
                    bounds(text)
                    read += 1
                except Exception:  # Not read.
                    pass
            result = {"seconds": time.perf_counter() - start, "read": read}
        else:
            result = [answer(text) for text in texts]
    print(json.dumps(result))


main()
