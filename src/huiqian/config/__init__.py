"""Settings, URLs and wiring: every wire on one page. Imports all, holds no rule."""
