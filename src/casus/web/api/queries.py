"""What may stand behind the `?` of an address: the filters of `casus events`, and which part of a list is wanted."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from casus.store.query import Filters
from casus.web.deps import MOST

PARTY = "country (IRN), country/sector (IRN/MIL), key (org-hezbollah) or name"
LONGEST = 500
"""Characters of one value."""
MANY = 50
"""Values of one filter."""


def check_text(value: str) -> str:
    """Return a text that a store can keep.

    Raises:
        ValueError: It has a NUL.
    """
    if "\0" in value:
        raise ValueError("no NUL may stand in it")
    return value


Word = Annotated[str, Field(max_length=LONGEST), AfterValidator(check_text)]
Words = Annotated[list[Word], Field(max_length=MANY)]


def _many(told: str) -> Any:
    return Field(default_factory=list, description=f"{told}; several: any of them.")


class FilterQuery(BaseModel):
    """What events or incidents must have; of several values one is enough, of several filters all must hold."""

    model_config = ConfigDict(extra="forbid")

    party: Words = _many(f"Who takes part: {PARTY}")
    actor: Words = _many("Who did it")
    recipient: Words = _many("To whom")
    source: Words = _many("Who says so")
    sector: Words = _many("PLOVER sector of a party (MIL)")
    type: Words = _many("PLOVER type (ASSAULT)")
    mode: Words = _many("Mode of a type (aerial)")
    country: Words = _many("Country where it happened")
    place: Words = _many("Place where it happened, or its GeoNames number")
    since: Word | None = Field(None, description="First day, month or year.")
    until: Word | None = Field(None, description="Last day, month or year, included.")
    modality: Words = _many("actual, future, hypothetical or negated")
    status: Words = _many("Of the incident: reported, corroborated, disputed, announced, denied")
    judged: Words = _many("confirmed, rejected, corrected or none; rejected ones are hidden unless asked for")
    publisher: Words = _many("Who published the report")
    report: Words = _many("Report")
    incident: Words = _many("Incident")
    text: Word | None = Field(None, description='Words of the report: rockets "supreme leader" -film or missiles.')
    least: float | None = Field(None, ge=0, le=1, description="Lowest confidence.")

    def filters(self) -> Filters:
        """Return them as the store takes them.

        Raises:
            FieldError: A value is not allowed.
        """
        return Filters(**{name: getattr(self, name) for name in FilterQuery.model_fields})


class SizeQuery(BaseModel):
    """How much of a list is wanted."""

    model_config = ConfigDict(extra="forbid")

    limit: int = Field(50, ge=1, le=MOST, description="How many at most.")


class PageQuery(SizeQuery):
    """Which part of a list is wanted."""

    cursor: Word | None = Field(None, description="Go on behind the page before: what `next` of it says.")


class ListQuery(FilterQuery, PageQuery):
    """Filters, and which part of the list is wanted."""

    oldest: bool = Field(False, description="Oldest first.")


class DyadQuery(ListQuery):
    """Two sides, filters, and which part of the list is wanted."""

    one: Word = Field(min_length=1, description=f"One side: {PARTY}.")
    other: Word = Field(min_length=1, description="The other side.")


class SearchQuery(SizeQuery):
    """What is searched for."""

    q: Word = Field(min_length=1, description='As in a web search: rockets "supreme leader" -film or missiles.')
    limit: int = Field(20, ge=1, le=MOST, description="How many at most.")


class ReportQuery(PageQuery):
    """Which reports are wanted."""

    publisher: Words = _many("Who published it")
    since: Word | None = Field(None, description="First day of publication, ISO.", pattern=r"^\d{4}-\d\d-\d\d$")
    until: Word | None = Field(None, description="Last day of publication, included.", pattern=r"^\d{4}-\d\d-\d\d$")


class JudgementQuery(PageQuery):
    """Which judgements are wanted."""

    target: Word | None = Field(None, description="Event or incident that they are about.")
