"""What people ask of the site and keep."""

from hackit.models.saved import SavedSearch

__all__ = ["SavedSearch"]
