"""Read feeds with python3-feedparser and print one JSON line a file: an
independent reading to compare ours with. Usage: peer.py FILE…"""
import json
import os
import sys
import time

import feedparser


def stamp(entry, *names):
    for name in names:
        at = dict.get(entry, name)
        if at:
            return time.strftime("%Y-%m-%dT%H:%M:%SZ", at)
    return ""


for path in sys.argv[1:]:
    with open(path, "rb") as f:
        d = feedparser.parse(f.read())
    items = [
        {
            "title": e.get("title", ""),
            "url": e.get("link", ""),
            "id": e.get("id", ""),
            "published": stamp(e, "published_parsed"),
            "updated": stamp(e, "updated_parsed", "created_parsed"),
        }
        for e in d.entries
    ]
    print(json.dumps({"file": os.path.basename(path), "bozo": bool(d.bozo), "items": items}))
