"""What a page says once ("You registered Rosa Díaz"), on its way through the session."""

from typing import Any

from django.contrib.messages.storage.session import SessionStorage

from waypost.kernel.sealing import Unsealable, seal, unseal
from waypost.web.front_desk import discreet

CONTEXT = "saying"


class SealedStorage(SessionStorage):
    """Kept in the session, sealed: the words hold names, and the table of sessions is on the public list."""

    def add(self, level: int, message: Any, extra_tags: str | None = "") -> None:
        """Words of a session in the front-desk view are kept without names."""
        super().add(level, discreet(str(message)), extra_tags)

    def serialize_messages(self, messages: Any) -> str:
        """The words, readable to nobody who reads the table."""
        return seal(str(super().serialize_messages(messages)).encode(), context=CONTEXT).decode("ascii")

    def deserialize_messages(self, data: Any) -> Any:
        """What was sealed; nothing where it cannot be opened (a key was taken away)."""
        if not data:
            return None
        try:
            opened = unseal(str(data).encode(), context=CONTEXT).decode()
        except Unsealable:
            return None
        return super().deserialize_messages(opened)
