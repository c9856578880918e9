"""Calendars and their single events."""
