"""报告周期和亮灯规则: what a congress sets about progress."""

from __future__ import annotations

from datetime import datetime

from voting.actors import Actor
from voting.duties import demand
from voting.errors import VotingError
from voting.reporting.lights import ReportingSettings
from voting.store import Store


class SettingsRefused(VotingError):
    """Thresholds that leave a light no room. `field` is where."""

    sentence = "设置需要修改。请修改后重试。"

    def __init__(self, sentence: str | None = None, field: str = "red") -> None:
        super().__init__(sentence)
        self.field = field


def settings_of(store: Store, actor: Actor) -> ReportingSettings:
    """As they stand; everybody of the congress may know them."""
    with store.read() as tx:
        return tx.settings.get(actor.congress, ReportingSettings)


def change_settings(store: Store, actor: Actor, new: ReportingSettings, now: datetime) -> None:
    """For what is reported from now on. Raises SettingsRefused, Forbidden."""
    demand(actor, "keep_calendar")
    if new.red <= new.yellow:
        raise SettingsRefused(
            f"红灯的{new.red}个百分点应大于黄灯的{new.yellow}个百分点，否则没有黄灯。请改正。", "red"
        )
    if not new.five[0] < new.five[1] < new.five[2]:
        raise SettingsRefused("五色规则的三个百分比应一个比一个大，例如30、60、90。请改正。", "five_2")
    with store.write() as tx:
        tx.settings.put(actor, new, now)
