"""Check that nothing of the journal and no answer to a survey was changed, removed or slipped in; else exit code 1."""

import argparse

from huiqian.cli.places import add_data_dir, installation


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `verify-journal` can be told."""
    add_data_dir(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print every fault found, or that there is none."""
    faults = 0
    with installation(arguments.data_dir):
        from huiqian.journal.models import Anchor, Entry
        from huiqian.journal.queries import verify
        from huiqian.surveys.queries import changed_answers

        for fault in verify():
            faults += 1
            print(f"{fault.chain} #{fault.number}: {fault.what}")
        for survey, answer, what in changed_answers():
            faults += 1
            print(f"survey {survey}, answer {answer}: {what}")
        entries, anchors = Entry.objects.count(), Anchor.objects.count()
    if faults:
        print(f"The journal is NOT what was written: {faults} faults.")
        return 1
    print(f"The journal is as it was written: {entries} entries, {anchors} daily seals.")
    return 0
