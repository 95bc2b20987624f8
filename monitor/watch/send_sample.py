"""The two captures that the project started from → a sample of an alert, put into the outbox for a reader."""

from __future__ import annotations

import os
from datetime import datetime

import monitor
from monitor.capture.from_file import load
from monitor.compare import compare
from monitor.errors import InputError
from monitor.model.comparison import Comparison
from monitor.model.delivery import Message, Occasion
from monitor.model.page import Page
from monitor.model.reader import Reader
from monitor.store.catalogue.deliveries import Deliveries
from monitor.watch.alerts import telling_of
from monitor.watch.messages_for import messages_for
from monitor.watch.read_page import read_page

BEFORE, AFTER = "003_82a3f40ddacaa79d.txt", "000_b0f2619614c4f6e8.txt"
TITLE = "A sample: an embassy's front page in July and August 2020"
_PAGE = "sample"


def send_sample(reader: Reader, deliveries: Deliveries, now: datetime) -> list[Message]:
    """Put what the reader would get into the outbox, for each channel and address. Raises InputError, StoreError."""
    telling = telling_of(sample(), _PAGE, (), now, Occasion.SAMPLE, zone=reader.zone)
    messages = messages_for(reader, telling, now)
    deliveries.put(messages, now)
    return messages


def sample() -> Comparison:
    """The comparison of the two. Raises InputError where they are not installed with the program."""
    folder, page = seeds_folder(), Page(_PAGE)
    before, after = (read_page(load(os.path.join(folder, each)), page) for each in (BEFORE, AFTER))
    return compare(before, after, page=_PAGE)._replace(page_title=TITLE)


def seeds_folder() -> str:
    """Where they are: a wheel has them inside of the package, a checkout beside it."""
    package = os.path.dirname(os.path.abspath(monitor.__file__))
    places = [os.path.join(package, "seeds"), os.path.join(os.path.dirname(package), "seeds")]
    found = next((place for place in places if os.path.exists(os.path.join(place, BEFORE))), None)
    if found is None:
        raise InputError("The captures of the sample are not installed", "install monitor from its wheel")
    return found
