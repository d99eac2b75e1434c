"""The words that a PDF page shows, each with its place on the upright page."""

from collections.abc import Iterator

from pypdf import PageObject
from pypdf.generic import ArrayObject, DictionaryObject, StreamObject

from core.adapters.page_cells import Word
from core.adapters.pdf_fonts import Fonts, numbers_in, resolved
from core.adapters.pdf_pen import Matrix, Pen, form_matrix

_LETTER = (0.0, 0.0, 612.0, 792.0)  # what viewers show of a page whose boxes are empty


def words_of_page(page: PageObject, fonts: Fonts) -> list[Word]:
    """Every word on a page in the order it is drawn, also from forms and filled-in fields.

    Raises:
        PdfReadError: or nearly any other error, where pypdf cannot parse the page or it is over a limit.
    """
    left, bottom, right, top = _box(page)
    width, height = right - left, top - bottom
    turn = (page.rotation or 0) % 360
    to_page = Matrix(e=-left, f=-bottom).then(_upright(turn, width, height))
    pen = Pen(page.pdf, fonts, to_page, (height, width) if turn in (90, 270) else (width, height))
    contents = resolved(page, "/Contents")
    if contents is not None:
        pen.draw(contents, resolved(page, "/Resources"))
    for form, matrix in _appearances(page):
        pen.draw_form(form, matrix)
    return pen.words


def _box(page: PageObject) -> tuple[float, float, float, float]:
    """The left, bottom, right and top edge of what is seen: the crop box, as far as it is on the page."""
    crop, media = page.cropbox, page.mediabox
    seen = (
        max(crop.left, media.left),
        max(crop.bottom, media.bottom),
        min(crop.right, media.right),
        min(crop.top, media.top),
    )
    for left, bottom, right, top in (seen, tuple(map(float, media))):
        if right - left >= 1 and top - bottom >= 1:
            return left, bottom, right, top
    return _LETTER


def _upright(turn: int, width: float, height: float) -> Matrix:
    """The map from a page, moved to its origin, to what is seen when it is turned clockwise."""
    match turn:
        case 90:
            return Matrix(0, -1, 1, 0, 0, width)
        case 180:
            return Matrix(-1, 0, 0, -1, width, height)
        case 270:
            return Matrix(0, 1, -1, 0, height, 0)
        case _:
            return Matrix()


def _appearances(page: PageObject) -> Iterator[tuple[StreamObject, Matrix]]:
    """What form fields and typed-on notes show, with the map that puts each into its place."""
    notes = resolved(page, "/Annots")
    for reference in notes if isinstance(notes, ArrayObject) else ():
        note = reference.get_object()
        if not isinstance(note, DictionaryObject):
            continue
        looks = resolved(note, "/AP") if note.get("/Subtype") in ("/Widget", "/FreeText") else None
        form = resolved(looks, "/N") if isinstance(looks, DictionaryObject) else None
        if isinstance(form, StreamObject):
            yield form, _into_rectangle(note, form)


def _into_rectangle(note: DictionaryObject, form: StreamObject) -> Matrix:
    """Moves a form's box onto its note's lower left corner; their sizes agree but in odd files."""
    rectangle = numbers_in(resolved(note, "/Rect"), 4)
    box = numbers_in(resolved(form, "/BBox"), 4)
    if rectangle is None or box is None:
        return Matrix()
    x, y = form_matrix(form).apply(min(box[0], box[2]), min(box[1], box[3]))
    return Matrix(e=min(rectangle[0], rectangle[2]) - x, f=min(rectangle[1], rectangle[3]) - y)
