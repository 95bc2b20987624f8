"""Where what was made goes: a report to its readers, a query to an authority; knows nothing of what it says.

channels   the ways to a reader: by_smtp, to_folder, by_webhook, by_apprise, to_stdout
tries      a delivery that failed → when it is tried again, or that it is given up
"""
