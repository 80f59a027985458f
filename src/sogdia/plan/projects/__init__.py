"""Projects that may be supported: their table, their kinds, their checks, and what is still missing of each."""

from sogdia.plan.projects.read import embedded_projects, read_projects
from sogdia.plan.projects.record import Project

__all__ = ["Project", "embedded_projects", "read_projects"]
