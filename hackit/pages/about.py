"""Pages about the site itself: how to use it, how accessible it is, whether it runs."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import render

from notes.models import Section
from people.models import Entry

HELP = {
    "writing": "How to write a weeknote",
    "reading": "Find and filter",
    "editing": "For editors",
    "managing": "For managers",
}


def accessibility(request):
    return render(request, "accessibility.html")


def help_start(request):
    return render(request, "help/start.html", {"pages": HELP})


def help_page(request, page):
    if page not in HELP:
        raise Http404
    context = {"pages": HELP, "page": page, "title": HELP[page]}
    if page == "writing":
        context["sections"] = Section.objects.filter(position__isnull=False)
    return render(request, f"help/{page}.html", context)


@login_not_required
def healthz(request):
    """Answer "ok" as long as the site and its tables answer, for a load balancer. It says nothing else."""
    Entry.objects.exists()
    return HttpResponse("ok", content_type="text/plain", headers={"Cache-Control": "no-store"})
