"""How much was written, week by week: the small strip on a page."""

from collections import Counter
from datetime import timedelta

from django.db.models import Count

from notes.weeks import this_week, week_of

WEEKS = 52
STEP, BAR, HIGH = 10, 8, 48  # of the drawing, in its own units
LOWEST, NONE = 5, 2


class Activity:
    """The rows of a queryset by the week they are `on`, for the last 52 weeks, and how they are drawn."""

    width, high = WEEKS * STEP, HIGH

    def __init__(self, rows):
        """Take notes or passages already narrowed to what this reader may see: 1 query, a row for each day."""
        first = this_week() - timedelta(weeks=WEEKS - 1)
        days = rows.filter(on__gte=first, on__lt=this_week() + timedelta(weeks=1))
        self.counts = Counter()
        for day, count in days.order_by().values_list("on").annotate(Count("pk")):
            self.counts[week_of(day)] += count
        self.weeks = [first + timedelta(weeks=place) for place in range(WEEKS)]
        self.total = self.counts.total()
        self.most = max(self.counts.values(), default=0)
        self.busiest = max(self.counts, key=lambda monday: (self.counts[monday], monday), default=None)

    def __bool__(self):
        return self.total > 0

    @property
    def bars(self):
        """The outline of a bar for each week with something."""
        return self.outline(
            (place, LOWEST + round((HIGH - LOWEST) * self.counts[monday] / self.most))
            for place, monday in enumerate(self.weeks)
            if self.counts[monday]
        )

    @property
    def gaps(self):
        """The outline of a line for each week with nothing."""
        return self.outline((place, NONE) for place, monday in enumerate(self.weeks) if not self.counts[monday])

    @staticmethod
    def outline(bars):
        return "".join(f"M{place * STEP} {HIGH}v-{height}h{BAR}v{height}z" for place, height in bars)
