"""Queries about drafts and templates."""

from sqlmodel import Session, select

from app.account.rights import Missing
from app.desk.tables import Draft, PlanTemplate, TemplateStep


def drafts_of(session: Session, plan_id: int) -> list[Draft]:
    """What is still to be shared, in the order it was written."""
    query = select(Draft).where(Draft.plan_id == plan_id, Draft.shared_step == None, Draft.removed_at == None)  # noqa: E711
    return list(session.exec(query.order_by(Draft.id)))


def shared_drafts_of(session: Session, plan_id: int) -> dict[int, Draft]:
    """The drafts that became steps, by the step's number."""
    query = select(Draft).where(Draft.plan_id == plan_id, Draft.shared_step != None)  # noqa: E711
    return {draft.shared_step: draft for draft in session.exec(query.order_by(Draft.id)) if draft.shared_step}


def templates_of(session: Session, workspace_id: int) -> list[PlanTemplate]:
    """Everybody's of the workspace, by name."""
    query = select(PlanTemplate).where(
        PlanTemplate.workspace_id == workspace_id, PlanTemplate.removed_at.is_(None)
    )
    return list(session.exec(query.order_by(PlanTemplate.name, PlanTemplate.id)))


def template_of(session: Session, workspace_id: int, template_id: int) -> PlanTemplate | None:
    return next((one for one in templates_of(session, workspace_id) if one.id == template_id), None)


def steps_of_template(session: Session, template_id: int) -> list[TemplateStep]:
    query = select(TemplateStep).where(TemplateStep.template_id == template_id)
    return list(session.exec(query.order_by(TemplateStep.id)))


def own_draft(session: Session, plan_id: int, draft_id: int) -> Draft:
    """Raises Missing also for one that was shared or removed."""
    found = [draft for draft in drafts_of(session, plan_id) if draft.id == draft_id]
    if not found:
        raise Missing
    return found[0]
