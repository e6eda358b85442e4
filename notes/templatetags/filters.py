"""What the form of a list carries along."""

from django import template

register = template.Library()


@register.filter
def kept(filters, offers):
    """Return what else the address asks: (name, value) pairs for hidden fields beside those that `offers` names."""
    return filters.kept(offers.split())
