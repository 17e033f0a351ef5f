"""What people and time do with notices."""

from huiqian.notify.commands.channels import ChannelCard, deliver_again, remove_channel, save_channel, try_channel
from huiqian.notify.commands.deliver import deliver
from huiqian.notify.commands.deliveries import claim_delivery, keep_arrived, keep_undelivered
from huiqian.notify.commands.mails import claim_mail, keep_failure, keep_sent, send_again, write_digests
from huiqian.notify.commands.wishes import choose_ways, read_notices

__all__ = [
    "ChannelCard", "choose_ways", "claim_delivery", "claim_mail", "deliver", "deliver_again", "keep_arrived",
    "keep_failure", "keep_sent", "keep_undelivered", "read_notices", "remove_channel", "save_channel", "send_again",
    "try_channel", "write_digests",
]  # fmt: skip
