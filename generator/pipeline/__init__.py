"""The order of the stages, and nothing else: seeds to a corpus, a corpus to the files of site_src/."""

from generator.pipeline.run import build

__all__ = ["build"]
