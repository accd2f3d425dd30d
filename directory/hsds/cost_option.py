"""What a service costs."""

from enum import StrEnum

from sqlmodel import Field

from directory.hsds.row import Record, choice


class CostKind(StrEnum):
    """How a service is paid for."""

    FREE = "free"
    SLIDING_SCALE = "sliding_scale"
    FEE = "fee"
    INSURANCE = "insurance"
    VARIES = "varies"


class CostOption(Record, table=True):
    """HSDS `cost_option`."""

    __tablename__ = "cost_option"

    service_id: str = Field(foreign_key="service.id", index=True)
    option: CostKind = Field(sa_type=choice(CostKind))
    amount_description: str | None = None
