"""Builds what a wheel ships beside the code: the assets from npm and the compiled catalogues."""

import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Assets(BuildHookInterface[Any]):
    """Runs the same two tools that `make` runs."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build unless it is an editable installation, which runs from the source folder."""
        if self.target_name != "wheel" or version == "editable":
            return
        tools = Path(self.root) / "tools"
        subprocess.run([sys.executable, str(tools / "build_assets.py")], check=True)  # noqa: S603 - our own tools
        subprocess.run([sys.executable, str(tools / "catalogues.py"), "compile"], check=True)  # noqa: S603 - our own tools
