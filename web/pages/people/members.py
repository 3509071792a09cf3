"""`/staff/{link}/members`: who has access; inviting, taking back, new passwords."""

from datetime import timedelta
from typing import Final

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting.accounts import invitations, members
from voting.accounts.facts import ACCOUNT_ROLES, AccountRole, Invitation
from voting.actors import ROLE_NAMES
from voting.duties import demand
from voting.people import Deputy, Unit
from web.access import Visit
from web.errors import answer_to
from web.forms import Form

HERE: Final = "/members"
MOST_DAYS: Final = 60
USUAL_DAYS: Final = 14


@get(HERE, sync_to_thread=True)
def listing(visit: NamedDependency[Visit]) -> Response[str]:
    """Who holds which role, and which invitations are out."""
    store = visit.house.store
    found = members.listing(store, visit.actor)
    return visit.page(
        "people/members.html",
        members=[one for one in found if one.membership.ended_at is None],
        former=[one for one in found if one.membership.ended_at is not None],
        invitations=[(one, _state(visit, one)) for one in invitations.listing(store, visit.actor)],
        role_names=ROLE_NAMES,
        belongs=_belongs(visit),
    )


@get(f"{HERE}/invite", sync_to_thread=True)
def invite_page(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[str]:
    """The form; the page of a deputy or a unit may fill in what it knows."""
    return _form(visit, form)


@post(f"{HERE}/invite", status_code=200, sync_to_thread=True)
def invite(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[str]:
    """Give an invitation out. The answer is the only place where it is ever shown, hence no redirect."""
    demand(visit.actor, "invite")
    role: AccountRole = form.choice("role", "身份", ACCOUNT_ROLES)
    unit = _chosen_unit(visit, form) if role == "unit" else None
    deputy = _chosen_deputy(visit, form) if role == "deputy" else None
    name = deputy.name if deputy else "" if role == "deputy" else form.line("name", "姓名")
    days = form.number("days", "有效期", 1, MOST_DAYS)
    if form.faults:
        return _form(visit, form, 422)
    expires = visit.now + timedelta(days=days)
    try:
        token = invitations.invite(
            visit.house.store,
            visit.actor,
            role,
            name,
            expires,
            unit=unit.id if unit else None,
            deputy=deputy.id if deputy else None,
            now=visit.now,
            random=visit.house.random,
        )
    except invitations.InvitationUnfit as error:
        form.fault(role if role in {"unit", "deputy"} else "role", error.sentence)
        return _form(visit, form, answer_to(error).status)
    address = visit.house.settings.address(f"/invited/{token}")
    return visit.page(
        "people/invitation_shown.html",
        name=name,
        role=ROLE_NAMES[role],
        address=address,
        expires=expires,
        resets=False,
    )


@post(f"{HERE}/{{membership_id:str}}/reset", status_code=200, sync_to_thread=True)
def reset(
    visit: NamedDependency[Visit], form: NamedDependency[Form], membership_id: FromPath[str]
) -> Response[str]:
    """A link for a new password, shown once; who has the old one is out at once. The second step stays unless
    the telephone is lost too."""
    expires = visit.now + timedelta(days=USUAL_DAYS)
    token, one = invitations.reset(
        visit.house.store,
        visit.actor,
        membership_id,
        expires,
        keeps_second=form.typed("second") != "renew",
        now=visit.now,
        random=visit.house.random,
    )
    return visit.page(
        "people/invitation_shown.html",
        name=one.name,
        role=ROLE_NAMES[one.role],
        address=visit.house.settings.address(f"/invited/{token}"),
        expires=expires,
        resets=True,
    )


@post(f"{HERE}/{{membership_id:str}}/end", sync_to_thread=True)
def end(visit: NamedDependency[Visit], membership_id: FromPath[str]) -> Redirect:
    """The role is taken back."""
    members.end(visit.house.store, visit.actor, membership_id, visit.now)
    return visit.go(HERE)


@post(f"{HERE}/invitations/{{invitation_id:str}}/revoke", sync_to_thread=True)
def revoke(visit: NamedDependency[Visit], invitation_id: FromPath[str]) -> Redirect:
    """The invitation opens nothing any more."""
    invitations.revoke(visit.house.store, visit.actor, invitation_id, visit.now)
    return visit.go(HERE)


def _form(visit: Visit, form: Form, status: int = 200) -> Response[str]:
    demand(visit.actor, "invite")
    return visit.page(
        "people/invite.html",
        status,
        form=form,
        roles={role: ROLE_NAMES[role] for role in ACCOUNT_ROLES},
        units=_units(visit),
        deputies=_deputies(visit),
        usual_days=USUAL_DAYS,
    )


def _chosen_unit(visit: Visit, form: Form) -> Unit | None:
    found = next((one for one in _units(visit) if one.id == form.typed("unit")), None)
    if found is None:
        form.fault("unit", "请选择承办单位。名单里没有的，请先在名册里添加。")
    return found


def _chosen_deputy(visit: Visit, form: Form) -> Deputy | None:
    found = next((one for one in _deputies(visit) if one.id == form.typed("deputy")), None)
    if found is None:
        form.fault("deputy", "请选择代表。名单里没有的，请先在名册里添加。")
    return found


def _units(visit: Visit) -> tuple[Unit, ...]:
    with visit.house.store.read() as tx:
        return tx.units.current(visit.actor.congress)


def _deputies(visit: Visit) -> tuple[Deputy, ...]:
    with visit.house.store.read() as tx:
        return tx.deputies.current(visit.actor.congress)


def _belongs(visit: Visit) -> dict[str, str]:
    """What stands beside a name: the unit, or the deputy's delegation."""
    with visit.house.store.read() as tx:
        units = {one.id: one.name for one in tx.units.all(visit.actor.congress)}
        deputies = {one.id: one.delegation for one in tx.deputies.all(visit.actor.congress)}
    return {**units, **deputies}


def _state(visit: Visit, one: Invitation) -> str:
    if one.used_at is not None:
        return "已使用"
    if one.revoked_at is not None:
        return "已收回"
    return "已过期" if one.expires <= visit.now else "待使用"
