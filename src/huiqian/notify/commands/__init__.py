"""What people and time do with notices."""

from huiqian.notify.commands.deliver import deliver
from huiqian.notify.commands.mails import claim_mail, keep_failure, keep_sent, send_again, write_digests
from huiqian.notify.commands.wishes import choose_ways, read_notices

__all__ = [
    "choose_ways", "claim_mail", "deliver", "keep_failure", "keep_sent", "read_notices", "send_again", "write_digests",
]  # fmt: skip
