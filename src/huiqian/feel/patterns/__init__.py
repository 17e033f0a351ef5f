"""Regular expressions (XPath 2.0 §7.6.1) that take time in proportion to pattern and text: no backtracking to blow up."""

from huiqian.feel.patterns.matching import Found, find
from huiqian.feel.patterns.reading import Pattern, PatternError, read_pattern

__all__ = ["Found", "Pattern", "PatternError", "find", "read_pattern"]
