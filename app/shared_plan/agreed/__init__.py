"""What was agreed when: every version both sides said yes to, as a page, a table and a comparison."""
