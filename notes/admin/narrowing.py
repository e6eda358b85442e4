"""By what the lists of notes, meetings and actions on the desk can be narrowed."""

from datetime import timedelta

from django.contrib import admin
from django.utils import timezone

from notes.admin.own import is_editor
from notes.weeks import parse_day, this_week, week_in_words

WEEKS = 12  # that a list can be narrowed to, the next one among them
STATES = ["draft", "scheduled", "published", "withdrawn"]


class WhoseFilter(admin.SimpleListFilter):
    """Mine or everybody's. Who is no editor begins with their own."""

    title = "whose"
    parameter_name = "whose"

    def __init__(self, request, params, model, model_admin):
        self.default = "all" if is_editor(request.user) else "mine"
        super().__init__(request, params, model, model_admin)

    def lookups(self, request, model_admin):
        return [("mine", "Mine"), ("all", "All")]

    def value(self):
        return super().value() or self.default

    def choices(self, changelist):
        for value, words in self.lookup_choices:
            yield {
                "selected": self.value() == value,
                "query_string": changelist.get_query_string({self.parameter_name: value}),
                "display": words,
            }

    def queryset(self, request, queryset):
        return queryset.mine(request.user) if self.value() == "mine" else queryset


class StateFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [(state, state.capitalize()) for state in STATES]

    def queryset(self, request, queryset):
        kept = queryset.filter(withdrawn_at__isnull=True)
        if self.value() == "draft":
            return kept.filter(published_at__isnull=True)
        if self.value() == "scheduled":
            return kept.filter(published_at__gt=timezone.now())
        if self.value() == "published":
            return queryset.published()
        return queryset.withdrawn() if self.value() == "withdrawn" else queryset


class WeekFilter(admin.SimpleListFilter):
    title = "week"
    parameter_name = "of_week"

    def lookups(self, request, model_admin):
        weeks = [this_week() + timedelta(weeks=1 - number) for number in range(WEEKS)]
        return [(week.isoformat(), week_in_words(week)) for week in weeks]

    def queryset(self, request, queryset):
        week = parse_day(self.value()) if self.value() in dict(self.lookup_choices) else None
        return queryset.filter(on__gte=week, on__lt=week + timedelta(days=7)) if week else queryset


class KindFilter(admin.SimpleListFilter):
    title = "kind"
    parameter_name = "kind"

    def lookups(self, request, model_admin):
        return [("weeknote", "Weeknotes"), ("post", "Posts")]

    def queryset(self, request, queryset):
        return queryset.filter(week__isnull=self.value() == "post") if self.value() else queryset
