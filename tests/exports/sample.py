"""The corpus of the page tests, as the exports are given it."""

from __future__ import annotations

from generator.exports.records import Place
from generator.pages import find_addresses
from tests.pages.fixture import corpus

HERE = Place("Ferries of Westmark", "0.1.0", "2031-06-01T12:00:00Z")
ONLINE = Place("Ferries of Westmark", "0.1.0", "2031-06-01T12:00:00Z", "https://ferries.example/briefing/")
ADDRESSES = find_addresses(corpus(), {}).urls
