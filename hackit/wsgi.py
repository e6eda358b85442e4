"""The site for a web server: gunicorn hackit.wsgi."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hackit.settings")

application = get_wsgi_application()
