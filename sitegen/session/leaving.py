"""Saving what a session has found out, for the next one in another process (`sitegen.session.left`)."""

from __future__ import annotations

from sitegen.plain import pack
from sitegen.session.session import Session
from sitegen.site.packed import packed

__all__ = ["save"]


def save(session: Session, *, whole: bool) -> None:
    """Make what a session has found out the past, with the store's next `commit`.

    It is `whole` if all that was asked for has an answer. Raises `StateError`.
    """
    store, content = session.store, session.content
    session.engine.finish()
    store.save_past(session.files.stamps)
    changed = content.changed(session.site.articles, same=session.same_site)
    gone = [path for path in session.before if path not in content.marks]
    store.save_articles(((path, content.marks[path], pack(read)) for path, read in changed), gone)
    session.related.save(store.save_note)
    store.save_note("bodies", session.told)
    store.save_note("standing", session.standing if whole and not session.lost else None)
    if not session.same_site:
        store.save_note("site", packed(session.site))
    if not session.same_pages:
        store.save_note("routes", tuple(session.pages.values()))
    if not session.same_pictures:
        store.save_note("pictures", session.pictured)
    store.save_note("made", tuple(session.made))
    store.save_note("shown", session.shown)
