"""Who is in charge of a deal: handing it to a colleague, and all of them when somebody leaves."""
