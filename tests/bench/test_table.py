"""The lines that set a cold build beside the model."""

from bench.__main__ import _MODELS, _reading
from bench.steps import STEPS


def test_a_cold_build_is_set_beside_the_bare_model_and_the_one_as_shipped() -> None:
    model = {"megabytes": 120.0}
    facts = {
        "articles": 300,
        "cold build": {"stage read and annotate": 8.25, "seconds": 12.0, "cpu": 22.0},
        "bare model": {**model, "seconds": 5.0, "cpu": 11.0},
        "model as shipped": {**model, "seconds": 10.0, "cpu": 20.0},
    }
    lines = [" ".join(line.split()) for line in _reading(facts)]
    assert lines == [
        "per-seed stages, 300 articles 8.2 s",
        "bare model (name finder alone) 5.0 s, 11.0 s CPU, 120 MB",
        "whole cold build / bare model 2.40 in time, 2.00 in CPU",
        "model as shipped (every component) 10.0 s, 20.0 s CPU, 120 MB",
        "whole cold build / model as shipped 1.20 in time, 1.10 in CPU",
    ]


def test_what_the_table_names_is_measured() -> None:
    assert _MODELS.keys() <= STEPS.keys()
