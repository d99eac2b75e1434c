"""The use case of one's stories: gather them from what was told."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from core.domain.content import Content
from core.domain.question import Kind
from core.domain.told_answer import ToldAnswer, best_told
from core.learning_ports import AnswerTexts
from core.ports import InterviewStore

if TYPE_CHECKING:
    from core.evaluation.story_bank import StoryBank


@dataclass(frozen=True, slots=True)
class Storytelling:
    """Gathers a candidate's stories. Nothing of them is kept: they follow from the answers."""

    store: InterviewStore
    answers: AnswerTexts
    content: Content

    def bank(self, user_id: UUID) -> "StoryBank":
        """The stories of the newest told answers, and what has none yet."""
        from core.evaluation.story_bank import story_bank  # the first page does without

        best = best_told(self.store.answers(user_id))
        texts = self.answers.texts(user_id, best.keys())
        told = [
            ToldAnswer(
                interview_id=place[0],
                position=place[1],
                question=answer.question,
                competency=answer.competency,
                text=texts[place],
                score=answer.overall.score,
                told_at=answer.submitted_at,
            )
            for place, answer in best.items()
            if place in texts and answer.overall
        ]
        return story_bank(told, self._wanted())

    def _wanted(self) -> tuple[str, ...]:
        """The competencies that the bank asks everyone stories for."""
        of_everyone = (q for q in self.content.questions if q.fits_role(""))
        asked = (q.competency for q in of_everyone if q.kind is Kind.BEHAVIORAL)
        return tuple(dict.fromkeys(asked))
