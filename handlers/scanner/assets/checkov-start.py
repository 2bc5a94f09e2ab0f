"""Starts the Checkov of the interpreter that runs this file, as its own command does, only sooner.

Most of a scan's time is spent importing Checkov, and a good part of that in the cyclic garbage collector, which
finds nothing there. It is off until the imports are done; what they made is then taken out of its sight.
"""

import gc
import sys
import warnings

gc.disable()
with warnings.catch_warnings():
    warnings.simplefilter("ignore", category=SyntaxWarning)
    from checkov.main import Checkov

gc.freeze()
gc.enable()

if __name__ == "__main__":
    sys.exit(Checkov().run())
