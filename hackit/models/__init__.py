"""What people ask of the site and keep."""

from hackit.models.reports import Report
from hackit.models.saved import SavedSearch

__all__ = ["Report", "SavedSearch"]
