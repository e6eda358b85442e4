"""How much was written in each week of a report, as the outlines of a small drawing."""

STEP, BAR, HIGH = 10, 8, 48  # in its own units
LOWEST, NONE = 5, 2
FEWEST = 26  # weeks that it is wide enough for: a month's bars are no planks


def strip(weeks):
    """Return {"width", "high", "bars", "gaps", "most", "busiest"} of what `activity` says of some weeks."""
    most = max((one["count"] for one in weeks), default=0)
    bars, gaps = [], []
    for place, one in enumerate(weeks):
        height = LOWEST + round((HIGH - LOWEST) * one["count"] / most) if one["count"] else NONE
        outline = f"M{place * STEP} {HIGH}v-{height}h{BAR}v{height}z"
        (bars if one["count"] else gaps).append(outline)
    return {
        "width": max(len(weeks), FEWEST) * STEP - (STEP - BAR),
        "high": HIGH,
        "bars": "".join(bars),
        "gaps": "".join(gaps),
        "most": most,
        "busiest": next((one["week"] for one in reversed(weeks) if one["count"] == most), None) if most else None,
    }
