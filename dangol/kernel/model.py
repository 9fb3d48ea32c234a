"""The base of every value that travels between rooms."""

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """A frozen value: equal when its fields are, refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")
