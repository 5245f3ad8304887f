"""The one switch every benchmark has: small enough to be over in seconds, as the tests run it."""

import argparse
import inspect


def is_quick(module: str) -> bool:
    """Whether `--quick` was given. Figures mean nothing then, and no target counts."""
    parser = argparse.ArgumentParser(
        prog=f"python -m {module}",
        description=inspect.getdoc(__import__(module, fromlist=["main"])),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--quick", action="store_true", help="a few rows, to see that it runs")
    return bool(parser.parse_args().quick)
