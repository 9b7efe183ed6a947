"""Jointly: a portal for mutual action plans. This is the map; it imports nothing.

Both sides see      shared_plan (steps, terms, yeses, commitments), link (one person's way in),
                    buyer (the guest's pages)
Only the team sees  deal (who decides, what they said, red flags), desk (drafts, verdicts, sharing),
                    call (the Action Plan of one call), in_charge (handing deals to a colleague),
                    follow_up (whom may I write to today, and why)
Pure                specificity (could this be sent to anyone, or only to them?)
Who works here      account
Underneath          journal, press (one press, exactly once), pages, safety, typed, database, settings, clock
On top              main (the ASGI app), cli, demo

The private side may look at the shared side. The shared side never learns that a private side
exists: import-linter holds the wall, and so do the canary tests.
"""
