"""What happened in the demo company: stories told through the commands, with a clock that stands where the story is."""

from huiqian.config.stories import loop, research, training
from huiqian.config.stories.telling import On, Pause, Story, Teller, tell

__all__ = ["On", "Pause", "Story", "Teller", "loop", "research", "tell", "training"]
