"""The steps by which a catalogue came to be what it is; Alembic runs those that a database has not had."""
