"""Sending under fire: workers killed, Notify misbehaving, opt-outs arriving, then the counting."""
