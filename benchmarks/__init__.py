"""What is measured: ratios within one run, printed by `make bench`."""
