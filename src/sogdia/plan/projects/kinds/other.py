"""Another project: listed with what is known of it, and never chosen."""

from __future__ import annotations

from sogdia.plan.projects.kind import ProjectKind

KIND = ProjectKind("other", "Listed and never chosen: its effect on a market is not known.", 99, None)
