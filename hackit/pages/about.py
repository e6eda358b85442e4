"""Pages about the site itself."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpResponse
from django.shortcuts import render


def accessibility(request):
    return render(request, "accessibility.html")


@login_not_required
def healthz(request):
    """Answer "ok" as long as the site and its database answer: for a load balancer, and says nothing else."""
    connection.ensure_connection()
    return HttpResponse("ok", content_type="text/plain", headers={"Cache-Control": "no-store"})
