"""Where what was made goes: a report to its readers, a query to an authority; knows nothing of what it says.

channels   the ways to a reader: by_smtp (smtp_session, signing), to_folder, by_webhook, by_apprise, to_stdout
tries      a delivery that failed → when it is tried again, or that it is given up
to_file, to_pager, to_browser, to_progress   what a command made → whoever called it
to_log, to_prometheus   what happened → whoever looks after the service
to_authority   a query → its answer
"""
