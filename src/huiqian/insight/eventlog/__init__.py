"""Event logs for process mining: the journal's facts as OCEL 2.0 and XES, to be read by other people's tools."""
