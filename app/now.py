"""The instant of a request, for routes and doors: one for all of it."""

from datetime import datetime
from typing import Annotated

from fastapi import Depends

from app.clock import right_now


async def now() -> datetime:
    return right_now()


Now = Annotated[datetime, Depends(now)]
