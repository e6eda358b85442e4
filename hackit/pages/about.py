"""Pages about the site itself."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render

from people.models import Entry


def accessibility(request):
    return render(request, "accessibility.html")


@login_not_required
def healthz(request):
    """Answer "ok" as long as the site and its tables answer, for a load balancer. It says nothing else."""
    Entry.objects.exists()
    return HttpResponse("ok", content_type="text/plain", headers={"Cache-Control": "no-store"})
