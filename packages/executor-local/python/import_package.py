"""Imports a module and prints the version that one of its distributions has: import_package.py MODULE DISTRIBUTION..."""

import importlib
import importlib.metadata
import json
import sys

# The folder of this file, which holds none of what scripts may import.
del sys.path[0]
importlib.import_module(sys.argv[1])
for name in sys.argv[2:]:
    try:
        print(json.dumps({"version": importlib.metadata.version(name)}))
        break
    except importlib.metadata.PackageNotFoundError:
        continue
else:
    sys.exit("installed under none of: " + ", ".join(sys.argv[2:]))
