"""Time: worker, due timers, schedules, deliveries, clean-up."""
