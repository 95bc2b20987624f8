"""Why a change is called what it is called: one sentence each, in the facts of the page."""
