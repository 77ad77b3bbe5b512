"""Backups: one format for both databases, so that a bridge can move between them.

A backup is a gzip file of JSON lines: what it is, then each table with its columns and
rows as they are, then a digest of all that. Nothing is imported here: SQLAlchemy costs
a tenth of a second.
"""
