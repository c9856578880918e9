"""Drives: files and folders, their versions, sharing, uploads, downloads and delta."""
