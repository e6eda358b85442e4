"""What every page knows of the site."""

from django.conf import settings


def site(request):
    return {"SITE_NAME": settings.SITE_NAME, "REPORT_PROBLEMS_TO": settings.REPORT_PROBLEMS_TO}
