"""`python -m huiqian` is the `huiqian` command."""

from huiqian.cli import main

raise SystemExit(main())
