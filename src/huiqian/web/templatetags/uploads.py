"""What a page says about uploads."""

from django import template

from huiqian.documents.intake import MEGABYTE, upload_limit

register = template.Library()


@register.simple_tag
def upload_megabytes() -> int:
    """How many megabytes an uploaded file may have."""
    return upload_limit() // MEGABYTE
