"""Calendars, their single events and their series."""
