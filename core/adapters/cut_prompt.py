"""Whether a server read only a part of what it was sent.

Ollama cuts a prompt that is longer than its context (4,096 tokens on most machines), instructions first,
says so in its own log alone, and answers what is left: half of the context, in older versions all of it.
https://docs.ollama.com/context-length, https://github.com/ollama/ollama/issues/8099
"""

_OLLAMA = "fp_ollama"  # the `system_fingerprint` of each of its pieces
_CONTEXTS = tuple(2**power for power in range(11, 18))
_KEPT_AT_THE_BEGINNING = 4
_CUT_TO = frozenset(
    {
        *_CONTEXTS,
        *(_KEPT_AT_THE_BEGINNING + (n - _KEPT_AT_THE_BEGINNING) // 2 for n in _CONTEXTS),
    }
)


def is_cut(fingerprint: str | None, input_tokens: int) -> bool:
    """Whether Ollama answered, and has read just as many tokens as it cuts a longer prompt to.

    A whole prompt has such a length by chance about once in a thousand calls. How many characters come on a
    token tells nothing: servers may count only what was not in their cache.
    """
    return fingerprint == _OLLAMA and input_tokens in _CUT_TO
