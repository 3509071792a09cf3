"""What everybody sees of the projects, and what they say about them."""

from typing import Final

from litestar.types import ControllerRouterHandler

from web.access import PageRole
from web.pages.publicity import data, files, moderation, opinion, overview, project, score, settings, wall

OPEN_PAGES: Final[list[ControllerRouterHandler]] = [
    overview.projects,
    wall.projects_wall,
    data.feed,
    data.projects_csv,
    data.projects_json,
    data.projects_schema,
    files.photo,
    files.paper,
    project.project,
    opinion.opinion_form,
    opinion.send_opinion,
    opinion.thanks,
    score.score_form,
    score.send_score,
    score.scored,
]
_READ: Final[list[ControllerRouterHandler]] = [moderation.opinions]
_JUDGE: Final[list[ControllerRouterHandler]] = [moderation.release_opinion, moderation.refuse_opinion]
ROLE_PAGES: Final[dict[PageRole, list[ControllerRouterHandler]]] = {
    "staff": [*_READ, *_JUDGE, moderation.reply_opinion, settings.citizens, settings.change_citizens],
    "government_office": [*_READ, *_JUDGE, moderation.reply_opinion],
    "unit": [*_READ, moderation.reply_opinion],
}
