"""What the control words of rich text files (RTF) mean that stand for something by themselves."""

import codecs

CHARACTERS = {
    "tab": "\t",
    "nestcell": "\t",
    "line": "\n",
    "lbr": "\n",
    "page": "\n",
    "column": "\n",
    "softline": "\n",
    "emdash": "—",
    "endash": "–",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
    "bullet": "•",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
}
SYMBOLS = {"~": " ", "_": "-", "\t": "\t", "{": "{", "}": "}", "\\": "\\"}

# Groups, by the word that they begin with.
HEADERS = frozenset("header headerf headerl headerr".split())
FOOTERS = frozenset("footer footerf footerl footerr".split())
NOTES = frozenset(("footnote",))
BOXES = frozenset("shptxt dptxbxtext".split())
LABELS = frozenset("listtext pntext".split())
UNSEEN = frozenset(
    "fonttbl colortbl stylesheet info pict filetbl fldinst upr sp shprslt "
    "nonesttables xe rxe txe tc tcn".split()
)
SEEN_OPTIONS = frozenset("shpinst do nesttableprops".split()) | BOXES
"""Of the groups that old readers may leave out, those that hold text which is seen."""

CODE_PAGES = {"ansi": "cp1252", "mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
_CHARSETS = {
    0: "cp1252",
    2: "cp1252",  # symbols: pictures on the keys of letters
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    130: "johab",
    134: "cp936",
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
    254: "cp437",
    255: "cp850",
}


def encoding_of_charset(charset: int | None) -> str | None:
    """The encoding of a font's text; None if it is that of the document."""
    return None if charset is None else _CHARSETS.get(charset)


def encoding_of_code_page(number: int | None) -> str | None:
    """The encoding with a code page's number, if there is one."""
    try:
        return codecs.lookup(f"cp{number}").name
    except LookupError:
        return None
