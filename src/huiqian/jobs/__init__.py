"""Time: the worker with its jobs and ticks, deliveries, clean-up."""
