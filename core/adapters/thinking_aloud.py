"""What a local model thinks before it replies, where its server sends that along in the text."""

_OPENS, _CLOSES = "<think>", "</think>"
_MOST_BEFORE = 1_000  # characters of space; more is no reply's beginning


class ThinkingAloud:
    """Takes `<think>…</think>` at a reply's beginning out of its stream; braces in it are no reply."""

    def __init__(self) -> None:
        """Begin before the reply's first character."""
        self._is_over = self._is_thinking = False
        self._held = ""

    def without(self, piece: str) -> str:
        """What of the text so far can be handed on with this piece of it."""
        if self._is_over:
            return piece
        self._held += piece
        if not self._is_thinking:
            begun = self._held.lstrip()
            if _OPENS.startswith(begun) and begun != _OPENS and len(self._held) < _MOST_BEFORE:
                return ""
            self._is_thinking = begun.startswith(_OPENS)
        return self._after_thoughts() if self._is_thinking else self._let_go(self._held)

    def _after_thoughts(self) -> str:
        _, closing, reply = self._held.partition(_CLOSES)
        if closing:
            return self._let_go(reply)
        self._held = self._held[1 - len(_CLOSES) :]  # all that its end may still be made of
        return ""

    def _let_go(self, text: str) -> str:
        self._is_over, self._held = True, ""
        return text
