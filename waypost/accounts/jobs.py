"""Background work of accounts: letters about the door."""

from datetime import datetime

from procrastinate.contrib.django import app

from waypost.accounts.locking import write_of_lock


@app.task(name="accounts.tell_of_lock")
def tell_of_lock(user_id: str, at: str) -> None:
    """Tell the owner that sign-in is locked; nothing for an address without an account."""
    if user_id:
        write_of_lock(user_id=user_id, at=datetime.fromisoformat(at))
