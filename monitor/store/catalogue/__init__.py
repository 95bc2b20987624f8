"""The catalogue: what the store's files say, to be found without opening them, and what only the monitor remembers.

tables      the two groups of tables: the index, which can be made anew from the files, and the memory, which cannot
database    a file ↔ a database with the settings SQLite needs, of this program's version, or set aside
migrate     a database → one of this version, after a copy was set aside (migrations)
captures    the ledger → the index of captures
readings    readings, kept and found again
compared    comparisons and their findings, kept and found again
accepting   captures that somebody took for their page's new form
acknowledged  findings that somebody has dealt with
marks       how far each page's captures were told of
outbox      messages ↔ rows; deliveries, each step of one on the disk before the next
overview    what the index tells of all pages at once
failures    attempts that failed → the times in which pages could not be captured, and what was told of them
slots       the slots of schedules: begun, carried out, missed
codec       a Reading ↔ bytes
together    what belongs together of the work: one transaction that reads, and one that writes
session     the file, held open, and what is done where it cannot be used
opened      all of it: the catalogue of a store, opened

SQLAlchemy takes 250 ms to import and Alembic 414: nothing here is imported before a command needs the catalogue, and
Alembic only where a database is made or migrated.
"""
