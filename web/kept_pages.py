"""Pages of published results. What is published never changes, so each is rendered once in a process."""

from collections.abc import Callable

from anyio import to_thread

MOST_PAGES = 256


class KeptPages:
    """Texts by the id of the round."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}

    async def get(self, round_id: str, render: Callable[[], str]) -> str:
        """The page; `render` runs in a thread and raises for what is not published, which is not kept."""
        text = self._texts.get(round_id)
        if text is None:
            text = await to_thread.run_sync(render)
            if len(self._texts) >= MOST_PAGES:
                self._texts.clear()
            self._texts[round_id] = text
        return text
