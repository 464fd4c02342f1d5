"""Explain what was done to one document, and why."""
