"""Snapshots on disk: dated, complete, checkable, and readable by anybody's tools.

names        a page and a time ↔ a file's place
warc         a snapshot ↔ the records of its file
ledger       one line a capture, each tied to the one before by its hash
folder       the store itself: what is in it, and reading from it
writer       putting in and taking out, one writer at a time, nothing half
disk         single files of it, written so that they last
live_files   the files that the ledger has, from one look to the next
timestamps   what authorities answered on lines of the ledger, as files
tokens       a query to an authority, and what its answer proves
verify       everything read again, and each fault named
verify_timestamps  the same of the answers of authorities
prune        what need not be kept
wacz         captures → a package to hand over
cdxj         the files in it → its index
catalogue    a database of what these files say, and of what they do not
"""
