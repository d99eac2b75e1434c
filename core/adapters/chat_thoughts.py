"""What a model thinks aloud within the text of its reply, and how it is kept out of it.

Servers that do not part thoughts from the reply hand them on before it, up to a mark. Where the chat
template opens them, only the mark that closes them is in the text.
https://reference.langchain.com/python/langchain-groq/chat_models/ChatGroq/reasoning_format
"""

_CLOSERS = ("</think>", "[/THINK]")
_LONGEST = max(len(closer) for closer in _CLOSERS)
_BEGINNINGS = ("{", "`")  # of an object, bare or between fences
_OPENERS = ("<think>", "[THINK]")


class WithoutThoughts:
    """Holds back what does not begin as the reply that was asked for, until its thoughts are over."""

    def __init__(self) -> None:
        """Begin before the first piece."""
        self._held = ""
        self._is_reply = False

    def feed(self, piece: str) -> str:
        """What of the text so far can be handed on now."""
        if self._is_reply:
            return piece
        searched_to = max(0, len(self._held) - _LONGEST)
        self._held += piece
        begins_at = self._reply_begins_at(searched_to)
        if begins_at is None:
            return ""
        self._is_reply = True
        return self._held[begins_at:]

    def rest(self) -> str:
        """What is still held when the text is over; thoughts that never ended are no reply."""
        is_thought = self._is_reply or self._held.lstrip().startswith(_OPENERS)
        return "" if is_thought else self._held

    def _reply_begins_at(self, searched_to: int) -> int | None:
        if self._held.lstrip().startswith(_BEGINNINGS):
            return 0
        for closer in _CLOSERS:
            at = self._held.find(closer, searched_to)
            if at >= 0:
                return at + len(closer)
        return None
