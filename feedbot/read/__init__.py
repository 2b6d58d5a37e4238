"""Bytes of pages and feeds in, links and articles out. Pure, but for the processes that do it."""
