"""What a model thinks before it replies, where its server sends that along in the text.

Some chat templates open the thoughts themselves, so that only the mark which closes them is in the text.
https://reference.langchain.com/python/langchain-groq/chat_models/ChatGroq/reasoning_format
"""

_OPENERS = ("<think>", "[THINK]")
_CLOSERS = ("</think>", "[/THINK]")
_LONGEST = max(len(closer) for closer in _CLOSERS)
_BEGINNINGS = ("{", "`")  # of an object, bare or between fences
_MOST_HELD = 400_000  # characters; more is neither a thought nor a reply


class ThinkingAloud:
    """Holds back what does not begin as a reply, until its thoughts are over; braces in them are no reply."""

    def __init__(self) -> None:
        """Begin before the reply's first character."""
        self._held = ""
        self._is_over = False

    def without(self, piece: str) -> str:
        """What of the text so far can be handed on with this piece of it."""
        if self._is_over:
            return piece
        searched_to = max(0, len(self._held) - _LONGEST)
        self._held += piece
        begins_at = self._reply_begins_at(searched_to)
        if begins_at is None:
            return ""
        self._is_over = True
        return self._held[begins_at:]

    def rest(self) -> str:
        """What is still held when the text is over; thoughts that never ended are no reply."""
        is_thought = self._held.lstrip().startswith(_OPENERS)
        return "" if self._is_over or is_thought else self._held

    def _reply_begins_at(self, searched_to: int) -> int | None:
        if self._held.lstrip().startswith(_BEGINNINGS) or len(self._held) > _MOST_HELD:
            return 0
        for closer in _CLOSERS:
            at = self._held.find(closer, searched_to)
            if at >= 0:
                return at + len(closer)
        return None
