"""Writes the zone table at the end of date_math.py from this machine's time zone database.

Run it with Python 3.11 or newer where /usr/share/zoneinfo/tzdata.zi exists. It is not a tool: the
worker cannot read time zone files, so the tool carries their content since 1970.

    python3 make_zone_table.py /usr/share/zoneinfo > table.txt
"""

import base64
import struct
import sys
import zlib
from pathlib import Path

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def base36(number):
    sign, number, text = "-" if number < 0 else "", abs(number), ""
    while number:
        number, digit = divmod(number, 36)
        text = DIGITS[digit] + text
    return sign + (text or "0")


def zone(path):
    """`rule;first offset;delta,offset;...`: transitions since 1970 in minutes, offsets in seconds."""
    data = path.read_bytes()
    start = 0
    for width in (4, 8):
        utc, standard, leaps, times, types, letters = struct.unpack(">6l", data[start + 20:start + 44])
        body = start + 44
        end = body + times * (width + 1) + types * 6 + letters + leaps * (width + 4) + standard + utc
        if width == 4:
            start = end
    moments = struct.unpack(f">{times}q", data[body:body + times * 8])
    kinds = data[body + times * 8:body + times * 9]
    table = body + times * 9
    offsets = [struct.unpack(">l", data[table + i * 6:table + i * 6 + 4])[0] for i in range(types)]
    rule = data[end:].strip(b"\n").decode()
    first, parts, before = offsets[0], [], 0
    for moment, kind in zip(moments, kinds):
        if moment < 0:
            first = offsets[kind]
        else:
            minute, rest = divmod(moment, 60)
            parts.append(base36(minute - before) + ("+" + str(rest) if rest else "") + "," + base36(offsets[kind]))
            before = minute
    return ";".join([rule, base36(first), *parts])


def main(folder):
    lines = (folder / "tzdata.zi").read_text().splitlines()
    version = lines[0].rsplit(" ", 1)[-1]
    names = [line.split()[1] for line in lines if line.startswith("Z ")]
    names += [line.split()[2] for line in lines if line.startswith("L ")]
    by_data = {}
    for name in sorted(names):
        by_data.setdefault(zone(folder / name), []).append(name)
    text = "\n".join(" ".join(same) + "=" + data for data, same in by_data.items())
    packed = base64.b64encode(zlib.compress(text.encode(), 9)).decode()
    print(f'ZONE_VERSION = "{version}"')
    print('ZONE_TABLE = """')
    for at in range(0, len(packed), 120):
        print(packed[at:at + 120])
    print('"""')


if __name__ == "__main__":
    main(Path(sys.argv[1]))
