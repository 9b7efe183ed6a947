"""Private: the seller's side of the shared plan. After the call, drafts, verdicts, preview, sharing."""
