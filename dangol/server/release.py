"""Which release this is."""

import importlib.metadata


def release() -> str:
    """The version of the installed package; 0 in a checkout that was never installed."""
    try:
        return importlib.metadata.version("dangol")
    except importlib.metadata.PackageNotFoundError:
        return "0"
