"""The highlight report: of a project, team or person over a period; live at its address, kept, or frozen."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from hackit.models import Report
from hackit.reporting import exports, frozen, periods, subjects
from hackit.reporting.arranging import EMPTY_LINES, MOST_LINES, arrange, read_lines, read_picks
from hackit.reporting.gathering import gather
from hackit.reporting.highlights import Candidates
from hackit.reporting.periods import Period
from hackit.reporting.strip import strip
from notes.markdown import clean

MINE = 60
LONGEST_TITLE = 120
FORMATS = ("markdown", "csv", "mail")


def report(request):
    """Show the report that GET parameters ask for, or the form that asks for one. At most 16 queries.

    With `arrange` it is the form to choose and order passages; a POST from there keeps what was chosen.
    """
    if not request.user.is_authenticated and (request.method == "POST" or request.GET.get("arrange")):
        return redirect_to_login(request.get_full_path())
    subject, problems, choices = subjects.read(request)
    period, period_problems = periods.read(request.GET, timezone.localdate())
    asked = {
        "choices": choices,
        "problems": [*problems, *period_problems],
        "periods": periods.CHOICES,
        "chosen": periods.chosen(request.GET),
        "period": period,
    }
    if subject is None:
        return render(request, "report/start.html", {**asked, "mine": of(request.user)})
    kept = Report(owner=request.user if request.user.is_authenticated else None, entry=subject.entry)
    kept.first, kept.last = period.first, period.last
    if request.method == "POST" or request.GET.get("arrange"):
        return arranged(request, kept, subject, period)
    body = gather(subject, period, request.user)
    fields = {f"subject_{subject.kind}": subject.entry.slug}  # what the form shows as chosen
    return answer(request, kept, body, {**asked, **fields, "is_live": True})


def report_kept(request, address):
    """Show a report that somebody kept, or a frozen copy; a POST renames, freezes, arranges or deletes it."""
    readable = Report.objects.readable_by(request.user).select_related("owner", "entry")
    kept = get_object_or_404(readable, address=address)
    may_change = Report.objects.changeable_by(request.user).filter(pk=kept.pk).exists()
    if request.method == "POST" and not may_change:
        raise PermissionDenied
    if kept.frozen_at:
        return changed(request, kept) if request.method == "POST" else copy(request, kept, may_change)
    if kept.entry is None:  # its page was deleted: there is nothing left to report on
        return changed(request, kept) if request.POST.get("do") == "delete" else gone(request, kept)
    subject, period = subjects.of(kept.entry), Period(kept.first, kept.last)
    if request.GET.get("arrange"):
        return arranged(request, kept, subject, period)
    if request.method == "POST":
        return changed(request, kept, subject, period)
    body = gather(subject, period, request.user, picks=kept.picks, lines=kept.lines)
    return answer(request, kept, body, {"subject": subject, "period": period, "may_change": may_change})


def of(user):
    """Return the reports that somebody keeps: 1 query."""
    if not user.is_authenticated:
        return []
    mine = list(user.reports.select_related("entry").defer("body", "picks")[:MINE])
    for one in mine:
        one.shown_as = title_of(one, None)
    return mine


def gone(request, kept):
    context = {"kept": kept, "title": title_of(kept, None), "period": Period(kept.first, kept.last)}
    return render(request, "report/gone.html", context)


def copy(request, kept, may_change):
    """Show a frozen copy, to those who may see all of its sources now."""
    body, may_see = frozen.as_shown(kept, request.user)
    if not may_see:
        raise Http404
    return answer(request, kept, body, {"may_change": may_change, "period": Period(kept.first, kept.last)})


def title_of(kept, body):
    if kept.title:
        return kept.title
    name = body["subject"]["name"] if body else kept.entry or "Report"
    return f"{name}, {Period(kept.first, kept.last).name}"


def answer(request, kept, body, context):
    """Send a report as the page, or as what `as` asks for."""
    title = title_of(kept, body)
    wanted = request.GET.get("as")
    absolute = request.build_absolute_uri
    if wanted == "markdown":
        return download(exports.markdown(title, body, absolute), "text/markdown", f"{file_name(kept, body)}.md")
    if wanted == "csv":
        return download(exports.table(title, body, absolute), "text/csv", f"{file_name(kept, body)}.csv")
    context = {**context, "kept": kept, "body": body, "title": title, "formats": formats(request)}
    if wanted == "mail":
        mail_actions = [(state, body["actions"][state]) for state in ("overdue", "open", "done")]
        return render(
            request, "report/mail.html", {**context, "host": absolute("/")[:-1], "mail_actions": mail_actions}
        )
    if wanted:
        problem = f"A report comes as {', '.join(FORMATS)}, or as this page."
        context["problems"] = [*context.get("problems", ()), problem]
    live = f"{reverse('report')}?{body['subject']['query']}&{context['period'].query}"
    context |= {"live": live, "share": absolute(kept.get_absolute_url() if kept.pk else live)}
    context |= {"explore": reverse("explore"), "strip": strip(body["activity"]["weeks"])}
    return render(request, "report/report.html", context)


def formats(request):
    """Return {format: the address of this report as that}."""
    data = request.GET.copy()
    addresses = {}
    for name in FORMATS:
        data["as"] = name
        addresses[name] = f"{request.path}?{data.urlencode()}"
    return addresses


def file_name(kept, body):
    return f"{body['subject']['address'].strip('/').rsplit('/', 1)[-1]}-{kept.first}-to-{kept.last}"


def download(words, kind, name):
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(words, content_type=f"{kind}; charset=utf-8", headers=headers)


def arranged(request, kept, subject, period):
    """Show the form to choose passages, order them and add lines; a POST keeps it: 5 queries, 2 to keep it."""
    picked = [pick["passage"] for pick in kept.picks if pick["in"]]
    candidates = Candidates(subject, period, request.user, picked=picked)
    themes, count_of_new = arrange(candidates, kept.picks)
    if request.method == "POST":
        kept.title = title_in(request.POST)
        kept.picks, kept.lines = read_picks(request.POST, themes), read_lines(request.POST, themes)
        kept.save()
        messages.success(request, "Saved. Only you see it: freeze a copy to send it to others.")
        return redirect(kept)
    context = {
        "kept": kept,
        "subject": subject,
        "period": period,
        "title": title_of(kept, None),
        "themes": themes,
        "new": count_of_new,
        "is_cut": candidates.is_cut,
        "lines": [*kept.lines, *[{"words": "", "place": ""}] * min(EMPTY_LINES, MOST_LINES - len(kept.lines))],
    }
    return render(request, "report/arrange.html", context)


def title_in(data):
    return " ".join(clean(data.get("title", "")).split())[:LONGEST_TITLE]


def changed(request, kept, subject=None, period=None):
    """Do what a form of a kept report asks for."""
    doing = request.POST.get("do")
    if doing == "delete":
        kept.delete()
        messages.success(request, f"“{title_of(kept, kept.body)}” was deleted.")
        return redirect("report")
    if doing == "rename":
        kept.title = title_in(request.POST)
        kept.save(update_fields=["title", "changed_at"])
        messages.success(request, "Renamed.")
        return redirect(kept)
    if doing == "freeze" and not kept.frozen_at and subject:
        made = frozen.freeze(kept, subject, period, kept.title)
        messages.success(request, "Frozen: this copy does not change when notes do. Its address is below.")
        return redirect(made)
    raise PermissionDenied
