"""拟订: a draft from one or several suggestions, its further versions, and what comes out of the 储备库."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from voting.actors import Actor
from voting.duties import demand
from voting.handling.deciding import decide_by_drafting
from voting.people import Unit
from voting.screening.drafts import (
    Draft,
    DraftStep,
    StaleVersion,
    Version,
    after,
    check_year,
    reason_of,
)
from voting.screening.plans import MOST_CONTENT, Plan, PlanError, UnitName, check_plan
from voting.screening.slates import demand_change
from voting.screening.telling import tell_judges
from voting.store import Store, Transaction
from voting.store.visible import is_id
from voting.suggestions import Suggestion

MOST_SOURCES = 200


def prefill(store: Store, actor: Actor, suggestion_ids: Sequence[str]) -> dict[str, str]:
    """What a new draft's form can take over: title, content and place, in the proposers' own words.

    Raises PlanError, NotFound, Forbidden.
    """
    demand(actor, "draft")
    with store.read() as tx:
        return words_of(tx, actor, suggestion_ids)


def words_of(tx: Transaction, actor: Actor, suggestion_ids: Sequence[str]) -> dict[str, str]:
    """As `prefill`, within a transaction of the caller. Raises PlanError, NotFound."""
    sources = _sources(tx, actor, suggestion_ids)
    villages = {one.id: one.name for one in tx.villages.all(actor.congress)}
    named = list(dict.fromkeys(villages[one.village] for one in sources if one.village))
    texts = list(dict.fromkeys(one.text for one in sources))
    return {
        "title": sources[0].title if sources else "",
        "content": "\n".join(texts)[:MOST_CONTENT],
        "place": "、".join(named),
    }


def propose(
    store: Store,
    actor: Actor,
    draft_id: str,
    year: int,
    plan: Plan,
    suggestion_ids: Sequence[str],
    now: datetime,
) -> Draft:
    """A new draft, for 预审. `draft_id` comes with the form: the same form sent twice makes one draft.

    Raises PlanError, TextError, DraftStep, NotFound, Forbidden.
    """
    demand(actor, "draft")
    check_year(year)
    checked = check_plan(plan)
    if not is_id(draft_id):
        raise DraftStep("页面已经过期。请重新打开“新拟候选项目”再填写。")
    with store.write() as tx:
        return add_draft(tx, actor, draft_id, year, checked, suggestion_ids, now)


def add_draft(
    tx: Transaction,
    actor: Actor,
    draft_id: str,
    year: int,
    checked: Plan,
    suggestion_ids: Sequence[str],
    now: datetime,
) -> Draft:
    """As `propose`, within a transaction of the caller, who has asked whether the actor may.

    Raises PlanError, DraftStep, NotFound.
    """
    tx.drafts.alone(actor.congress)
    made = tx.drafts.find(actor, draft_id)
    if made is not None:
        return _same(tx, made, checked)
    checked = _with_own_units(tx, actor, checked)
    new = Draft(
        id=draft_id,
        congress=actor.congress,
        year=year,
        state="submitted",
        version=1,
        title=checked.title,
        made_by=actor.name,
        made_at=now,
    )
    sources = _sources(tx, actor, suggestion_ids)
    tx.drafts.add(new)
    tx.drafts.add_version(_version(new, checked, actor, now))
    tx.drafts.link(new, sources)
    after_ = {"title": new.title, "year": year, "suggestions": [one.label for one in sources]}
    tx.audit.add(actor, "propose", now, "draft", new.id, after=after_)
    decide_by_drafting(tx, actor, [one.id for one in sources], new.title, now)
    tell_judges(tx, actor, new, now)
    return new


def resubmit(store: Store, actor: Actor, draft_id: str, based_on: int, plan: Plan, now: datetime) -> Draft:
    """A new version, for 预审; those before it are kept. `based_on`: the version that was on the screen.

    Raises PlanError, TextError, StaleVersion, DraftStep, NotFound, Forbidden.
    """
    demand(actor, "draft")
    checked = check_plan(plan)
    with store.write() as tx:
        draft = tx.drafts.lock(actor, draft_id)
        checked = _with_own_units(tx, actor, checked)
        if _is_repeated(tx, draft, based_on, checked):
            return draft
        state = after(draft.state, "resubmit")
        new = _renewed(tx, actor, draft, based_on, checked, now, what="resubmit", state=state, reason="")
        tell_judges(tx, actor, new, now)
        return new


def amend_listed(
    store: Store, actor: Actor, draft_id: str, based_on: int, plan: Plan, reason: str, now: datetime
) -> Draft:
    """What a body asked to be changed in a shortlisted candidate; no second 预审, but the reason is kept.

    Raises PlanError, TextError, ReasonMissing, SlateFrozen, SlateStep, StaleVersion, DraftStep, NotFound,
    Forbidden.
    """
    demand(actor, "draft")
    checked, words = check_plan(plan), reason_of(reason, "修改依据")
    with store.write() as tx:
        slates = [tx.slates.lock(actor, one.id) for one in tx.slates.holding(actor, draft_id)]
        draft = tx.drafts.lock(actor, draft_id)
        checked = _with_own_units(tx, actor, checked)
        if _is_repeated(tx, draft, based_on, checked):
            return draft
        for slate in slates:
            demand_change(slate, tx.slates.passages(slate))
        state = after(draft.state, "amend_listed")
        renewed = _renewed(
            tx, actor, draft, based_on, checked, now, what="amend_listed", state=state, reason=words
        )
        for slate in slates:
            listed = [(one.draft, one.version) for one in tx.slates.entries(slate)]
            chosen = [(one, renewed.version if one == draft_id else version) for one, version in listed]
            tx.slates.list_drafts(slate, chosen)
        return renewed


def take_out(store: Store, actor: Actor, draft_id: str, year: int, now: datetime) -> Draft:
    """从储备库取出: what it last said becomes a new version for 预审, for the given year.

    Raises DraftStep, NotFound, Forbidden.
    """
    demand(actor, "draft")
    check_year(year)
    with store.write() as tx:
        draft = tx.drafts.lock(actor, draft_id)
        if _was_taken_out(tx, draft, year):
            return draft
        state = after(draft.state, "take_out")
        if year < draft.year:
            raise DraftStep(f"这件候选项目是{draft.year}年的，不能取出用于更早的{year}年。请修改年度。")
        plan = tx.drafts.versions(draft)[-1].plan
        tx.drafts.add_version(_version(replace(draft, version=draft.version + 1), plan, actor, now))
        changes = {"state": state, "year": year, "version": draft.version + 1, "reason": ""}
        tx.audit.add(
            actor,
            "take_out",
            now,
            "draft",
            draft.id,
            before={"state": draft.state, "year": draft.year, "reason": draft.reason},
            after=changes,
        )
        out = tx.drafts.change(draft, **changes)
        tell_judges(tx, actor, out, now)
        return out


def _sources(tx: Transaction, actor: Actor, ids: Sequence[str]) -> tuple[Suggestion, ...]:
    """The named suggestions, each with those merged into it; for a merged one, what it was merged into."""
    if len(ids) > MOST_SOURCES:
        raise PlanError(f"一件候选项目最多选{MOST_SOURCES}条线索，现在选了{len(ids)}条。请先合并相似的线索。")
    found: dict[str, Suggestion] = {}
    for one in dict.fromkeys(ids):
        named = tx.suggestions.get(actor, one)
        head = tx.suggestions.get(actor, named.merged_into) if named.merged_into else named
        for source in (head, *tx.suggestions.merged_into(actor, head.id)):
            if source.kind == "complaint":
                raise PlanError("投诉举报不能拟成候选项目。请去掉这一条。")
            found[source.id] = source
    return tuple(found.values())


def _with_own_units(tx: Transaction, actor: Actor, plan: Plan) -> Plan:
    """Units as the congress's list calls them. Raises NotFound or PlanError."""
    return replace(
        plan,
        lead_unit=_named(tx.units.get(actor, plan.lead_unit.id)),
        assisting_units=tuple(_named(tx.units.get(actor, one.id)) for one in plan.assisting_units),
    )


def _named(unit: Unit) -> UnitName:
    if unit.ended_at is not None:
        raise PlanError(f"“{unit.name}”已经停用。请改选现有的单位。")
    return UnitName(id=unit.id, name=unit.name)


def _same(tx: Transaction, made: Draft, plan: Plan) -> Draft:
    if tx.drafts.versions(made)[0].plan != _with_names(tx, made, plan):
        raise DraftStep("这件候选项目已经提交，刚才的改动没有保存。请打开它，用“修改后重新提交”。")
    return made


def _with_names(tx: Transaction, made: Draft, plan: Plan) -> Plan:
    names = {one.id: UnitName(id=one.id, name=one.name) for one in tx.units.all(made.congress)}
    return replace(
        plan,
        lead_unit=names.get(plan.lead_unit.id, plan.lead_unit),
        assisting_units=tuple(names.get(one.id, one) for one in plan.assisting_units),
    )


def _is_repeated(tx: Transaction, draft: Draft, based_on: int, plan: Plan) -> bool:
    """Whether this very version was handed in before: the same form, sent twice."""
    return draft.version == based_on + 1 and tx.drafts.versions(draft)[-1].plan == plan


def _was_taken_out(tx: Transaction, draft: Draft, year: int) -> bool:
    if (draft.state, draft.year) != ("submitted", year):
        return False
    assessed = tx.drafts.assessments(draft)
    return bool(assessed) and (assessed[-1].outcome, assessed[-1].version) == ("reserve", draft.version - 1)


def _renewed(
    tx: Transaction,
    actor: Actor,
    draft: Draft,
    based_on: int,
    plan: Plan,
    now: datetime,
    **changes: str,
) -> Draft:
    """`changes`: `what` for the log; `state` and `reason` of the draft."""
    if draft.version != based_on:
        raise StaleVersion
    what = changes.pop("what")
    version = draft.version + 1
    fields: dict[str, object] = {**changes, "version": version, "title": plan.title}
    new = _version(replace(draft, version=version), plan, actor, now)
    if what == "amend_listed":
        verdict = {"verdict": "taken", "judged_by": actor.name, "judged_at": now, "reason": changes["reason"]}
        new = replace(new, **verdict)
    tx.drafts.add_version(new)
    before = {"state": draft.state, "version": draft.version, "title": draft.title}
    tx.audit.add(actor, what, now, "draft", draft.id, before=before, after=fields)
    return tx.drafts.change(draft, **fields)


def _version(draft: Draft, plan: Plan, actor: Actor, now: datetime) -> Version:
    return Version(
        congress=draft.congress,
        draft=draft.id,
        version=draft.version,
        plan=plan,
        by=actor.name,
        at=now,
    )
