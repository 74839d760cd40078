"""Prints what is installed of the distributions named, without importing any: installed_packages.py DISTRIBUTION..."""

import importlib.metadata
import json
import sys

found = []
for name in sys.argv[1:]:
    try:
        found.append({"name": name, "version": importlib.metadata.version(name)})
    except importlib.metadata.PackageNotFoundError:
        continue
print(json.dumps(found))
