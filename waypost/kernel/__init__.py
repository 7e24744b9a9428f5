"""What every room stands on: ids, clock, lifecycles, events, the audit chain, database roles and policies."""
