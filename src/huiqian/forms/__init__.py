"""Questions, checks of answers, rights per step, and what a form looks like."""
