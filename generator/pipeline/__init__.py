"""The order of the stages, and nothing else: seeds to a corpus, a corpus to the files of site_src/."""

from generator.pipeline.start import build, warm_up

__all__ = ["build", "warm_up"]
