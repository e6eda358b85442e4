"""What every page knows of the site."""

from django.conf import settings


def site(request):
    return {
        "SITE_NAME": settings.SITE_NAME,
        "FOOTER": settings.FOOTER,
        "REPORT_PROBLEMS_TO": settings.REPORT_PROBLEMS_TO,
        "HAS_OWN_COLOURS": bool(settings.BRAND_COLOUR or settings.ACCENT_COLOUR),
    }
