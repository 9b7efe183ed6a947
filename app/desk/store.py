"""Queries about drafts and templates."""

from sqlalchemy import bindparam, update
from sqlmodel import Session, col, select

from app.account.rights import Missing
from app.desk.tables import Draft, PlanTemplate, TemplateStep
from app.shared_plan.tables import Plan

_DRAFTS = (
    select(Draft)
    .where(
        Draft.plan_id == bindparam("plan"),
        col(Draft.shared_step).is_(None),
        col(Draft.removed_at).is_(None),
    )
    .order_by(col(Draft.id))
)


def drafts_of(session: Session, plan_id: int) -> list[Draft]:
    """What is still to be shared, in the order it was written."""
    return list(session.exec(_DRAFTS, params={"plan": plan_id}))


_SHARED_DRAFTS = (
    select(Draft)
    .where(Draft.plan_id == bindparam("plan"), col(Draft.shared_step).is_not(None))
    .order_by(col(Draft.id))
)


def shared_drafts_of(session: Session, plan_id: int) -> dict[int, Draft]:
    """The drafts that became steps, by the step's number."""
    found = session.exec(_SHARED_DRAFTS, params={"plan": plan_id})
    return {draft.shared_step: draft for draft in found if draft.shared_step}


def hand_on(session: Session, seller_id: int) -> None:
    """What somebody should do by a draft is for whoever is in charge of its plan now."""
    in_charge = select(Plan.seller_id).where(Plan.id == Draft.plan_id).scalar_subquery()
    query = update(Draft).where(col(Draft.seller_id) == seller_id, col(Draft.shared_step).is_(None))
    session.exec(query.values(seller_id=in_charge))


_TEMPLATES = (
    select(PlanTemplate)
    .where(PlanTemplate.workspace_id == bindparam("workspace"), col(PlanTemplate.removed_at).is_(None))
    .order_by(col(PlanTemplate.name), col(PlanTemplate.id))
)


def templates_of(session: Session, workspace_id: int) -> list[PlanTemplate]:
    """Everybody's of the workspace, by name."""
    return list(session.exec(_TEMPLATES, params={"workspace": workspace_id}))


def template_of(session: Session, workspace_id: int, template_id: int) -> PlanTemplate | None:
    return next((one for one in templates_of(session, workspace_id) if one.id == template_id), None)


def steps_of_template(session: Session, template_id: int) -> list[TemplateStep]:
    query = select(TemplateStep).where(TemplateStep.template_id == template_id)
    return list(session.exec(query.order_by(col(TemplateStep.id))))


def own_draft(session: Session, plan_id: int, draft_id: int) -> Draft:
    """Raises Missing also for one that was shared or removed."""
    found = [draft for draft in drafts_of(session, plan_id) if draft.id == draft_id]
    if not found:
        raise Missing
    return found[0]
