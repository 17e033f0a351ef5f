"""Checks that need Django but no database: every model has its migration, settings hold, every template compiles."""

import sys
from io import StringIO
from pathlib import Path

import django
from django.utils import translation

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Run all; 1 where something is wrong."""
    django.setup()
    # Migrations hold what the code says, not its translation.
    translation.deactivate_all()
    return max(_migrations(), _system(), _templates())


def _migrations() -> int:
    from django.apps import apps
    from django.db.migrations.autodetector import MigrationAutodetector
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.state import ProjectState

    # As makemigrations --check does, without asking a database what it has.
    loader = MigrationLoader(None)
    changes = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps)).changes(graph=loader.graph)
    own = {app: migrations for app, migrations in changes.items() if app != "procrastinate"}
    for app, migrations in own.items():
        for operation in (operation for migration in migrations for operation in migration.operations):
            print(f"{app}: a migration is missing: {operation.describe()}")
    return 1 if own else 0


def _system() -> int:
    from django.core.management import CommandError, call_command

    try:
        call_command("check", fail_level="WARNING", stdout=StringIO(), stderr=sys.stdout)
    except CommandError as error:
        print(error)
        return 1
    return 0


def _templates() -> int:
    from django.template import TemplateSyntaxError
    from django.template.loader import get_template

    code = 0
    for folder in sorted((ROOT / "src" / "huiqian").glob("*/templates")):
        for path in sorted(folder.rglob("*.html")):
            try:
                get_template(path.relative_to(folder).as_posix())
            except TemplateSyntaxError as error:
                print(f"{path.relative_to(ROOT)}: {error}")
                code = 1
    return code


if __name__ == "__main__":
    raise SystemExit(main())
