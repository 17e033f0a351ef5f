"""Check that nothing of the journal and no answer to a survey was changed, removed or slipped in; else exit code 1."""

import argparse

from huiqian.cli.places import add_data_dir, installation


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `verify-journal` can be told."""
    add_data_dir(parser)
    parser.add_argument(
        "--case", metavar="NUMBER", help="print the hash of each entry of this case's log and its daily seals, too: "
        "what an evidence pack is compared with",
    )  # fmt: skip


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
        if arguments.case:
            _tell_case(arguments.case)
    if faults:
        print(f"The journal is NOT what was written: {faults} faults.")
        return 1
    print(f"The journal is as it was written: {entries} entries, {anchors} daily seals.")
    return 0


def _tell_case(number: str) -> None:
    """The hashes of a case's log, its head last, and the roots of the seals that cover it."""
    from huiqian.base.actors import SYSTEM
    from huiqian.journal.models import AnchoredHead
    from huiqian.journal.queries import history
    from huiqian.process.access import case_for

    chain = f"case:{case_for(SYSTEM, number).pk}"
    for seen in AnchoredHead.objects.filter(chain=chain).select_related("anchor").order_by("anchor_id"):
        print(f"{number} seal {seen.anchor.day}: {seen.length} entries, root {bytes(seen.anchor.root).hex()}")
    for entry in history(chain):
        print(f"{number} #{entry.number}: {bytes(entry.hash).hex()}")
