"""Named settings: what an administrator decides, read by name and changed with an event."""
