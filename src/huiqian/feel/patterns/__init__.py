"""Regular expressions (XPath 2.0 §7.6.1) in time proportional to pattern times text: nothing blows up."""

from huiqian.feel.patterns.matching import Found, find
from huiqian.feel.patterns.reading import Pattern, PatternError, read_pattern

__all__ = ["Found", "Pattern", "PatternError", "find", "read_pattern"]
