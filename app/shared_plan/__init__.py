"""What both sides see: the plan, its people, the steps, their terms, the yeses and what came of them."""
