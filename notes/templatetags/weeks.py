"""Days, weeks and times in a page, as people say them and as programs read them."""

from datetime import timedelta

from django import template
from django.utils import timezone
from django.utils.html import format_html

from notes.weeks import day_in_words, week_in_words, week_of

register = template.Library()


@register.filter
def day(value):
    """10 June, with the year when it is not this one."""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), day_in_words(value)) if value else ""


@register.filter
def localday(moment):
    """The day of a moment, on the site's clock."""
    return day(timezone.localdate(moment)) if moment else ""


@register.filter
def weekday(value):
    """Monday 10 June."""
    if not value:
        return ""
    return format_html('<time datetime="{}">{} {}</time>', value.isoformat(), f"{value:%A}", day_in_words(value))


@register.filter
def week(value):
    """w/c 10 June, for any day of that week."""
    if not value:
        return ""
    monday = week_of(value)
    return format_html('<time datetime="{}">{}</time>', monday.isoformat(), week_in_words(monday))


@register.filter
def monday(value):
    """The Monday of a day's week."""
    return week_of(value)


@register.filter
def sunday(value):
    """The Sunday of a day's week."""
    return week_of(value) + timedelta(days=6)


@register.filter
def clock(value):
    """5:30pm, 10am, midday."""
    if value is None:
        return ""
    if (value.hour, value.minute) in ((12, 0), (0, 0)):
        words = "midday" if value.hour else "midnight"
    else:
        minutes = f":{value.minute:02}" if value.minute else ""
        words = f"{value.hour % 12 or 12}{minutes}{'am' if value.hour < 12 else 'pm'}"
    return format_html('<time datetime="{}">{}</time>', f"{value:%H:%M}", words)


@register.filter
def dated(text):
    """When a note or meeting is from: the week of a weeknote, the day of anything else."""
    return week(text.on) if getattr(text, "week", None) else day(text.on)
