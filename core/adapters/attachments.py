"""A file that goes along with a request, in the text form that wire formats want."""

from base64 import b64encode

from core.domain.language_model import Attachment

PDF = "application/pdf"
PDF_NAME = "document.pdf"  # never the candidate's own file name


def is_pdf(attachment: Attachment) -> bool:
    """Whether it is a PDF; everything else that is sent is an image."""
    return attachment.media_type == PDF


def as_base64(attachment: Attachment) -> str:
    """The content in base64."""
    return b64encode(attachment.content).decode("ascii")


def as_data_url(attachment: Attachment) -> str:
    """The content as a data: URL with its type."""
    return f"data:{attachment.media_type};base64,{as_base64(attachment)}"
