"""The pictures of the README, taken of the demo content. No test of its own: `make screenshots` runs it."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
SHOTS = {  # name: (address, width, height, theme)
    "home": ("/", 1280, 900, "light"),
    "project": ("/projects/spacebank/", 1280, 900, "light"),
    "person": ("/people/kemar-pottinger/", 1280, 900, "light"),
    "phone": ("/projects/digital-apprenticeships/", 375, 900, "light"),
    "dark": ("/learning/", 1280, 900, "dark"),
}
COLOURS = 128  # enough for these pages, and a fifth of the size


@pytest.mark.parametrize("name", SHOTS)
def test_take(open_page, name):
    address, width, height, theme = SHOTS[name]
    page = open_page(address, width=width, theme=theme)
    page.set_viewport_size({"width": width, "height": height})
    page.reload()  # the fonts are here by now
    page.wait_for_timeout(300)
    PICTURES.mkdir(exist_ok=True)
    image = Image.open(BytesIO(page.screenshot())).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    image.save(PICTURES / f"{name}.png", optimize=True)
