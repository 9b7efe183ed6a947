"""What becomes of a whole plan: agreed, asked for, handed over, ended. Each way checks that it got there."""

import re
from datetime import timedelta

import time_machine
from playwright.sync_api import Page, expect

from app.clock import right_now
from tests.browser.full_plan import LONG
from tests.browser.people import Jonas, Maria
from tests.browser.ways import Way, answer, answer_whole, hers, his, send
from tests.cast import a_colleague, in_days, state_of


def agreed(page: Page, maria: Maria) -> None:
    his(page, maria)
    page.get_by_role("link", name="What was agreed when").click()
    shows(page, "Every agreement, the last one first")


def nothing_agreed(page: Page, maria: Maria) -> None:
    a_small_plan(maria)
    agreed(page, maria)
    shows(page, "Nothing was agreed yet.")


def two_days_compared(page: Page, maria: Maria) -> None:
    """Words and a day that both agreed to change since, one step that went and one that stayed."""
    with time_machine.travel(right_now() - timedelta(days=3), tick=True):
        jonas = a_small_plan(maria, what_3="Name the sites that are left out", due_on_3=str(in_days(9)))
        for number in (1, 2, 3):
            jonas.elsewhere().acts(number, "yes")
    changed = {"title": f"Send the forty invoices{LONG}", "due_on": str(in_days(30))}
    maria.acts(1, "terms", **changed, note=f"They moved.{LONG}")
    maria.acts(2, "drop", note="They have it already.")
    jonas.elsewhere().acts(1, "yes")
    agreed(page, maria)
    page.get_by_label("What we agreed until").fill(str(in_days(-1)))
    page.get_by_role("button", name="Show what changed").click()
    shows(page, "One step stayed as it was")
    expect(page.locator("ins, del")).not_to_have_count(0)


def copy_made(page: Page, maria: Maria) -> None:
    his(page, maria)
    answer_whole(page, "copies")
    expect(page.get_by_label("The address")).to_have_value(re.compile("/l/"))


def copy_read(page: Page, maria: Maria) -> None:
    """With so many steps that the drawing of the days bears numbers."""
    for number in range(3):
        maria.proposes_talk(title=f"Look at site {number}", due_on=str(in_days(20 + number)))
    page.goto(maria.jonas.elsewhere().makes_copy(maria))
    shows(page, "A copy for reading, made by Jonas Weber")
    expect(page.locator(".dot--number")).not_to_have_count(0)


def ended(page: Page, maria: Maria) -> None:
    a_small_plan(maria)
    his(page, maria)
    answer_whole(page, "ending", reason=f"The budget went elsewhere.{LONG}")
    shows(page, "Thank you for saying so.")


def closed(page: Page, maria: Maria) -> None:
    a_small_plan(maria)
    maria.presses("closing", note=f"We start over in May.{LONG}")
    his(page, maria)
    shows(page, "Maria Keller closed this plan")


def much_asked(page: Page, maria: Maria) -> None:
    """Another goal, a step, a colleague who should answer, quiet, a copy; and Tom has taken over."""
    a_small_plan(maria)
    asks_for_much(maria)
    tom = a_colleague(state_of(maria.client).database, f"Tom {LONG.strip()}")
    maria.presses("seller", seller=f"us-{tom.id}")
    his(page, maria)
    for words in ("Another goal is asked for", "You asked for this", "is asked to put it to", "Quiet until"):
        shows(page, words)
    shows(page, "has taken over from Maria Keller")
    shows(page, "Turn off the copy")


def goal_kept(page: Page, maria: Maria) -> None:
    jonas = a_small_plan(maria)
    jonas.elsewhere().presses("goal", words=f"No invoice waits{LONG}", due_on=str(in_days(60)))
    maria.presses("goal/keeping", words=f"Both of us counted on two days.{LONG}")
    his(page, maria)
    shows(page, "Maria would rather keep the goal as it is")


def talk_elsewhere(page: Page, maria: Maria) -> None:
    """A talk by a clock that is not the reader's, at an address without a place to break."""
    a_small_plan(maria)
    a_talk_in_kathmandu(maria)
    his(page, maria)
    shows(page, "where you are")


def call_with_nothing(page: Page, maria: Maria) -> None:
    """Nobody is known there yet, and nothing stands on the plan."""
    maria.opens(page, "/deals")
    send(page, "/deals", company="Velotrade", key="a-new-deal")
    page.get_by_role("link", name="shared plan").click()
    page.get_by_role("link", name="on the call").click()
    shows(page, "Nothing stands here yet.")


def call_with_talk(page: Page, maria: Maria) -> None:
    a_small_plan(maria)
    a_talk_in_kathmandu(maria)
    maria.opens(page, f"{maria.plan}/on-the-call")
    shows(page, "where you are")
    page.get_by_label("We talk").check()


def call_with_code(page: Page, maria: Maria) -> None:
    maria.opens(page, f"{maria.plan}/on-the-call")
    page.get_by_role("button", name="Show the code for Jonas Weber").click()
    expect(page.locator("svg.qr")).to_be_visible()


def call_when_over(page: Page, maria: Maria) -> None:
    not_going_ahead(maria)
    maria.opens(page, f"{maria.plan}/on-the-call")
    shows(page, "This plan is over.")


def desk_ended(page: Page, maria: Maria) -> None:
    a_small_plan(maria)
    not_going_ahead(maria)
    maria.opens(page, maria.plan)
    shows(page, "we are not going ahead")


def desk_closed(page: Page, maria: Maria) -> None:
    closed(page, maria)
    maria.opens(page, maria.plan)
    shows(page, "Open it again")


def desk_where_much_waits(page: Page, maria: Maria) -> None:
    a_small_plan(maria)
    asks_for_much(maria)
    maria.opens(page, maria.plan)
    for words in ("puts the goal this way", "asks for this", "should answer", "Quiet until", "A copy for"):
        shows(page, words)


def follow_ups_where_much_waits(page: Page, maria: Maria) -> None:
    asks_for_much(maria)
    maria.opens(page)
    for words in ("puts the goal in other words", "should answer", "asks for", "quiet until"):
        shows(page, words)


def follow_ups_after_an_end(page: Page, maria: Maria) -> None:
    not_going_ahead(maria)
    maria.opens(page)
    shows(page, "Nordwind is not going ahead.")


def template_kept(page: Page, maria: Maria) -> None:
    maria.presses("template", name=f"Invoice approval{LONG}")
    maria.opens(page, "/templates")
    shows(page, "Invoice approval")


def new_days(page: Page, maria: Maria) -> None:
    """The goal moved: a step that hangs on it is asked about."""
    maria.describes_plan(goal_on=str(in_days(60)))
    hung = {"title": f"Sign{LONG}", "owner": "us", "counterpart": "Jonas Weber", "placed_days": "5"}
    maria.client.post(f"{maria.plan}/drafts", data=hung)
    maria.client.post(f"{maria.plan}/sharing", data={})
    maria.describes_plan(goal_on=str(in_days(90)))
    maria.opens(page, f"{maria.plan}/days")
    shows(page, "Not agreed yet: ask for the new day")


STATES: dict[str, Way] = {
    "agreed when": agreed,
    "agreed when, nothing": nothing_agreed,
    "agreed when, two days": two_days_compared,
    "agreed when, team": hers(lambda maria: f"{maria.plan}/agreed?before={in_days(-1)}"),
    "copy, made": copy_made,
    "copy, read": copy_read,
    "buyer, ended": ended,
    "buyer, closed": closed,
    "buyer, much asked": much_asked,
    "buyer, goal kept": goal_kept,
    "buyer, talk elsewhere": talk_elsewhere,
    "on the call, nothing": call_with_nothing,
    "on the call, talk": call_with_talk,
    "on the call, code": call_with_code,
    "on the call, over": call_when_over,
    "desk, ended": desk_ended,
    "desk, closed": desk_closed,
    "desk, much waits": desk_where_much_waits,
    "follow-ups, much waits": follow_ups_where_much_waits,
    "follow-ups, not going ahead": follow_ups_after_an_end,
    "templates": template_kept,
    "new days": new_days,
}


def plan_over(page: Page, maria: Maria) -> None:
    his(page, maria)
    maria.presses("closing")
    answer(page, 1, "comments", version="1", words=f"Does Tuesday work?{LONG}")
    shows(page, "This plan is over.")


def reads_only(page: Page, maria: Maria) -> None:
    page.goto(maria.jonas.elsewhere().makes_copy(maria))
    answer(page, 1, "yes", version="1")
    shows(page, "This copy is for reading.")


def somebody_else_for_the_plan(page: Page, maria: Maria) -> None:
    his(page, maria)
    answer_whole(page, "ending", answering_as="other")
    shows(page, "Nothing was recorded.")


def who_says_yes_to_all(page: Page, maria: Maria) -> None:
    a_small_plan(maria)
    his(page, maria)
    page.get_by_role("button", name="Yes to both").click()
    shows(page, "Who is answering?")


def talk_without_time(page: Page, maria: Maria) -> None:
    his(page, maria)
    answer_whole(page, "steps", title=f"Look at Husum{LONG}", due_on=str(in_days(6)), who="both")
    shows(page, "A talk needs a time.")


REFUSALS: dict[str, Way] = {
    "409 plan over": plan_over,
    "403 reads only": reads_only,
    "200 somebody else, whole plan": somebody_else_for_the_plan,
    "422 who says yes to all": who_says_yes_to_all,
    "422 talk without time": talk_without_time,
}


def shows(page: Page, words: str) -> None:
    """A way that ends elsewhere would let every rule pass."""
    expect(page.get_by_role("main")).to_contain_text(words)


def a_small_plan(maria: Maria, **fields: str) -> Jonas:
    """A plan of its own with Velotrade, where Jonas Weber works now."""
    maria.writes_down(company="Velotrade", **fields)
    maria.jonas = Jonas(maria, maria.shares_with("Jonas Weber"))
    return maria.jonas


def a_talk_in_kathmandu(maria: Maria) -> None:
    maria.describes_plan(time_zone="Asia/Kathmandu")
    maria.proposes_talk(place="https://meet.example/" + LONG.strip())


def not_going_ahead(maria: Maria) -> None:
    maria.jonas.elsewhere().presses("ending", reason=f"The budget went elsewhere.{LONG}")


def asks_for_much(maria: Maria) -> None:
    jonas = maria.jonas.elsewhere()
    jonas.presses("goal", words=f"No invoice waits for a signature{LONG}", due_on=str(in_days(60)))
    jonas.presses("steps", title=f"Name the sites{LONG}", due_on=str(in_days(6)), who="seller")
    jonas.acts(1, "handover", name=f"Petra{LONG}", email="petra@nordwind.test", note=f"Her list.{LONG}")
    jonas.presses("pause", until=str(in_days(20)))
    jonas.makes_copy(maria)
