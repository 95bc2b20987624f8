"""The use cases: only these join the steps to each other. A use case is a verb, what several of them share a noun.

What a command line names
    project       the config.yaml and the store that a command works with (load_apart: without what loads it)
    find_named    a page or a reader of the config by its id
    find_capture  a capture of the store by its reference; load_named, a snapshot by that or by its file
    followed      the ids of what a page leads to

Captures that somebody named
    read_snapshot, explain_snapshot, show_capture, compare_snapshots
    read_page     a snapshot read by its page's rules; read_history, read_older, the captures before it

The captures of a page, one after the other
    line          what changed at each, by their places; a step is what is known of one of them
                  (look_back: since when a counter stands; pack_footing, in_short: as the catalogue keeps it)
    read_captures their readings, kept by their versions
    compare_captures, compare_latest, find_gap, span, tell_story

The store
    import_sources (import_captures), list_captures, export_pages, export_memory, verify_store, stamp_ledger,
    prune_store, reindex

Watching
    add_page (write_config), accept_capture, check_pages
    checker       many pages at a time, behind their gates; one instance for a store
                  (take_snapshot: of a page; keeper: into the store; workers, warm, forget: the processes that read)
    judge_page    what a page's newest captures mean (follow_items, follow_documents: by what it leads to;
                  ask_addresses: which is asked for)
    write_report, write_overview (tell_overview), write_metrics

Readers
    alerts        the messages that do not wait (feed_of_alert), made by messages_for, with folder_links
    deliver_due   what is due in the outbox (under_way: what this process sends); posts does so while the service runs
    send_sample, acknowledge

Digests
    make_digest   of as much as there is room for; digest_page, what it has to tell of one page; common_gaps, of many
    asked_digest, period
                  which digest is asked for
    send_digest
"""
