"""Makes the pack of rules and figures (`lintnews.packing`) when lintnews is built or installed."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PackHook(BuildHookInterface):  # type: ignore[type-arg]
    """Of an editable installation the pack stays in the checkout; otherwise it goes into the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make it. Where that can't be done the text files are read: a start then takes longer, and nothing else."""
        sys.path.insert(0, self.root)
        try:
            from lintnews import packing
        except ImportError as error:
            self.app.display_warning(
                f"there will be no pack, and lintnews starts more slowly: {error}; install it, and build again"
            )
            return
        if version == "editable":
            packing.main()
            return
        self._folder = TemporaryDirectory()  # gone with the process
        file = Path(self._folder.name, Path(packing.PACK).name)
        file.write_bytes(packing.made(packing.parts(), for_good=True))
        build_data["force_include"][str(file)] = f"lintnews/data/{file.name}"
