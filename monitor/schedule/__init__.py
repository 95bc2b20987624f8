"""Pages and their schedules → checks at the right moments, and a service that lives for months.

slots       a schedule → its slots, right across both changes of the clock
claims      what is remembered of a page → the slot that is to be begun, and what was missed
book        what became of the slots, in memory and in the catalogue
trigger     slots → what APScheduler fires by
runner      pages → their checks, each at its slots and within its time
clock       the machine's clocks → whether the time of the day jumped
posting     the outbox → what is due goes out; readers' slots → digests
telling     what happens → the log, the metrics, systemd
systemd     what a service has to say → systemd
daemon      config.yaml and a store → all of it, until a signal

Nothing here reads a page or knows how one is checked: what does is handed in.
"""
