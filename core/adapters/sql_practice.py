"""The PracticeStore on SQL tables."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Row,
    Select,
    and_,
    bindparam,
    case,
    delete,
    func,
    insert,
    null,
    select,
    true,
    type_coerce,
    union_all,
    update,
)

from core.adapters.database import reading, writing
from core.adapters.sql_moments import aware
from core.adapters.sql_places import at, place
from core.adapters.sql_tables import practice_items, real_questions
from core.domain.practice import ItemKey, PracticeAgenda, PracticeItem
from core.domain.real_question import RealQuestion
from core.learning_ports import ChangeItems

_ORDER = (practice_items.c.question_id, practice_items.c.key_point_id)
_ITEM = at(practice_items, "user_id", "question_id", "key_point_id")
_ADD = insert(practice_items)
_CHANGE = update(practice_items).where(_ITEM)
_END = delete(practice_items).where(_ITEM)
_OF_QUESTIONS = (
    select(practice_items.c.item)
    .where(
        practice_items.c.user_id == bindparam("user_id"),
        practice_items.c.question_id.in_(bindparam("question_ids", expanding=True)),
    )
    .order_by(*_ORDER)
)


class SqlPracticeStore:
    """Keeps practice items. See `core.learning_ports.PracticeStore` for what it promises."""

    def __init__(self, engine: Engine) -> None:
        """Take an engine whose tables exist."""
        self._engine = engine

    def change_items(
        self, user_id: UUID, question_ids: frozenset[str], change: ChangeItems
    ) -> None:
        """Load, change and store in one transaction."""
        with writing(self._engine, user_id) as connection:
            before = {item.key: item for item in _load(connection, user_id, question_ids)}
            after = {item.key: item for item in change(tuple(before.values()))}
            gone = [place(**_key(user_id, key)) for key in before.keys() - after.keys()]
            new = [
                _key(user_id, key) | _values(item)
                for key, item in after.items()
                if key not in before
            ]
            changed = [
                place(**_key(user_id, key)) | _values(item)
                for key, item in after.items()
                if key in before and item != before[key]
            ]
            for statement, rows in ((_END, gone), (_ADD, new), (_CHANGE, changed)):
                if rows:
                    connection.execute(statement, rows)

    def items(self, user_id: UUID, question_ids: frozenset[str]) -> tuple[PracticeItem, ...]:
        """The items of these questions."""
        with reading(self._engine, user_id) as connection:
            return _load(connection, user_id, question_ids)

    def agenda(self, user_id: UUID, today: date, most: int) -> PracticeAgenda:
        """What is due."""
        query = _agenda_query(user_id, today, most)
        with reading(self._engine, user_id) as connection:
            return _agenda(connection.execute(query.order_by("place")).all())

    def ahead(
        self, user_id: UUID, today: date, most: int
    ) -> tuple[PracticeAgenda, tuple[RealQuestion, ...]]:
        """What is due and the real questions, in one query."""
        asked = _agenda_query(user_id, today, most)
        noted = select(
            *(null().label(column.name) for column in asked.selected_columns),
            real_questions.c.text,
            real_questions.c.noted_at,
        ).where(real_questions.c.user_id == user_id)
        both = union_all(asked.add_columns(*_no_question()), noted).subquery()
        order = (both.c.place, both.c.noted_at.desc(), both.c.text)
        with reading(self._engine, user_id) as connection:
            rows = connection.execute(select(both).order_by(*order)).all()
        questions = (RealQuestion(row.text, aware(row.noted_at)) for row in rows if row.text)
        return _agenda([row for row in rows if not row.text]), tuple(questions)


def _agenda_query(user_id: UUID, today: date, most: int) -> Select[Any]:
    """The counts, and beside them the first due items; one row at least."""
    own = practice_items.c.user_id == user_id
    is_mastered, due_on = practice_items.c.is_mastered, practice_items.c.due_on
    is_due = and_(~is_mastered, due_on <= today)
    is_waiting = and_(~is_mastered, due_on > today)
    counts = (
        select(
            func.count(case((is_due, 1))).label("due"),
            func.count(case((is_waiting, 1))).label("waiting"),
            func.count(case((is_mastered, 1))).label("mastered"),
            func.min(case((is_waiting, due_on))).label("next_on"),
        )
        .where(own)
        .subquery()
    )
    order = (due_on, *_ORDER)
    first = (
        select(practice_items.c.item, func.row_number().over(order_by=order).label("place"))
        .where(own, is_due)
        .order_by(*order)
        .limit(most)
        .subquery()
    )
    return select(counts, first.c.item, first.c.place).select_from(counts.outerjoin(first, true()))


def _no_question() -> tuple[ColumnElement[Any], ...]:
    """Nothing in the place of a real question's columns, of their types."""
    columns = (real_questions.c.text, real_questions.c.noted_at)
    return tuple(type_coerce(null(), column.type).label(column.name) for column in columns)


def _agenda(rows: Sequence[Row[Any]]) -> PracticeAgenda:
    counted = rows[0]
    return PracticeAgenda(
        _items(row.item for row in rows if row.item),
        counted.due,
        counted.waiting,
        counted.mastered,
        counted.next_on,
    )


@cache
def _item() -> TypeAdapter[PracticeItem]:
    return TypeAdapter(PracticeItem)


def _items(found: Any) -> tuple[PracticeItem, ...]:
    return tuple(_item().validate_python(row) for row in found)


def _load(
    connection: Connection, user_id: UUID, question_ids: frozenset[str]
) -> tuple[PracticeItem, ...]:
    own = {"user_id": user_id, "question_ids": sorted(question_ids)}
    return _items(connection.scalars(_OF_QUESTIONS, own).all())


def _key(user_id: UUID, key: ItemKey) -> dict[str, Any]:
    """The columns that tell one item of the candidate's, with their values."""
    question_id, key_point_id = key
    return {"user_id": user_id, "question_id": question_id, "key_point_id": key_point_id}


def _values(item: PracticeItem) -> dict[str, Any]:
    """The columns besides."""
    return {
        "interview_id": item.reviews[0].interview_id,
        "item": _item().dump_python(item, mode="json"),
        "due_on": item.due_on,
        "is_mastered": item.is_mastered,
    }
