"""What a browser does with the forms of the desk."""

import lxml.html
from django.urls import reverse


def form_of(response):
    """Return what a browser would send back of an admin form that it was shown."""
    [form] = lxml.html.fromstring(response.content.decode()).xpath(
        "//main//form[@method='post'][.//div[@class='submit-row']]"
    )
    return dict(form.form_values())


def save(client, address, **changes):
    """Open a form, change some of it, send it."""
    return client.post(address, form_of(client.get(address)) | changes)


def change(obj):
    """Return the address of an object's form."""
    return reverse(f"admin:{obj._meta.app_label}_{obj._meta.model_name}_change", args=[obj.pk])


def act(client, model, action, *chosen):
    """Do an action of a list with some of its rows; return the page that follows."""
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    return client.post(address, {"action": action, "_selected_action": [obj.pk for obj in chosen]}, follow=True)
