"""Progress of projects: reports, lights, reminders, 预警."""

from typing import Final

from litestar.types import ControllerRouterHandler

from web.access import PageRole
from web.pages.reporting import periods, progress, report_form, settings, warnings

OPEN_PAGES: Final[list[ControllerRouterHandler]] = []
_READING: Final[list[ControllerRouterHandler]] = [progress.progress, progress.picture, warnings.warnings]
_WRITING: Final[list[ControllerRouterHandler]] = [
    periods.reports,
    report_form.report_form,
    report_form.save_report,
    report_form.drop_photos,
    report_form.take_down,
    warnings.acknowledge,
]
_OFFICE: Final[list[ControllerRouterHandler]] = [
    *_READING,
    *_WRITING,
    periods.template,
    periods.show_differences,
    periods.import_table,
    report_form.show_photos,
    progress.issue,
    warnings.confirm,
    warnings.drop,
    warnings.lift,
    settings.settings,
    settings.change_settings,
]
ROLE_PAGES: Final[dict[PageRole, list[ControllerRouterHandler]]] = {
    "staff": _OFFICE,
    "government_office": _OFFICE,
    "unit": [*_READING, *_WRITING],
    "deputy": _READING,
    "presidium": _READING,
}
