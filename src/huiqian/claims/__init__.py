"""Claims (宣传用语): words that the advertising law forbids or limits, found in what is written for the public."""
