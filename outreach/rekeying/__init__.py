"""Changing root keys while the service runs: everything is brought under the newest."""
