"""The theme: overrides of Material's templates, styles, and the Markdown extension that pages are written for."""
