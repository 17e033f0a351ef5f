"""What holds for all templates and scripts of the pages."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from huiqian.web.context import SCRIPTS, SHEETS

WEB = Path(__file__).parents[2] / "src" / "huiqian" / "web"
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(WEB / "templates")))
def test_templates_carry_no_inline_script_or_style(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", text)
    assert "https://" not in text.replace("http://www.w3.org", "")


def test_every_icon_is_on_the_list_and_built() -> None:
    listed = set((WEB / "icons.txt").read_text(encoding="utf-8").split())
    used = {
        name
        for template in TEMPLATES
        for name in re.findall(r'\{% icon "([a-z0-9-]+)"', template.read_text(encoding="utf-8"))
    }
    assert used <= listed
    assert all((WEB / "static" / "vendor" / "icons" / f"{name}.svg").exists() for name in used)


def test_every_sheet_and_script_is_there() -> None:
    for name in [*(f"css/{sheet}.css" for sheet in SHEETS), *(f"js/{script}.js" for script in SCRIPTS)]:
        assert finders.find(name), name
