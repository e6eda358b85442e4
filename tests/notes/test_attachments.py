"""Files and recordings of notes and meetings."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError

from notes.models import Attachment
from notes.models.texts import LARGEST
from tests.desk import change, form_of
from tests.factories import SeriesFactory, meeting, weeknote
from tests.hackit.site import content, page, words

pytestmark = pytest.mark.django_db


def attach(client, text, **values):
    data = form_of(client.get(change(text))) | {"attachments-TOTAL_FORMS": "1"}
    return client.post(change(text), data | {f"attachments-0-{key}": value for key, value in values.items()})


@pytest.mark.parametrize("make", [weeknote, lambda: meeting(series=SeriesFactory())])
def test_slides_and_recording_stand_on_the_page(editor_client, make):
    text = make()
    slides = SimpleUploadedFile("Show & tell.pdf", b"%PDF-1.7 hello")
    response = attach(editor_client, text, title="Slides", upload=slides)
    assert response.status_code == 302, response.context["errors"]
    text.attachments.create(title="Recording", url="https://video.example.org/1")
    tree = page(editor_client, text.get_absolute_url())
    assert "Slides PDF, 14" in words(tree, "//section[h2='Files']")
    sent = editor_client.get(tree.xpath("//a[.='Slides']/@href")[0])
    assert content(sent) == b"%PDF-1.7 hello"
    assert sent.headers["Content-Disposition"].startswith("attachment")
    assert sent.headers["Content-Type"] == "application/pdf"
    assert sent.headers["X-Content-Type-Options"] == "nosniff"
    assert tree.xpath("//a[.='Recording']/@href") == ["https://video.example.org/1"]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"title": "x"}, "Choose a file, or give its address: one of the two."),
        ({"title": "x", "url": "https://a.example", "upload": "pdf"}, "Choose a file, or give its address"),
        ({"title": "x", "upload": "html"}, "File extension “html” is not allowed"),
        ({"title": "x", "upload": "svg"}, "File extension “svg” is not allowed"),
        ({"title": "x", "url": "javascript:alert(1)"}, "Enter a valid URL"),
        ({"title": "", "url": "https://a.example"}, "This field is required"),
    ],
)
def test_wrong_file_is_a_sentence_and_the_text_is_kept(editor_client, values, sentence):
    note = weeknote("Precious words")
    if "upload" in values:
        values = values | {"upload": SimpleUploadedFile(f"x.{values['upload']}", b"<script>alert(1)</script>")}
    response = attach(editor_client, note, **values)
    assert response.status_code == 200
    told = response.content.decode()
    assert sentence in told
    assert "Precious words" in told
    assert not Attachment.objects.exists()


def test_file_that_is_too_large_is_a_sentence(editor_client, monkeypatch):
    monkeypatch.setattr("notes.models.texts.LARGEST", 10)
    response = attach(editor_client, weeknote(), title="x", upload=SimpleUploadedFile("x.pdf", b"x" * 11))
    assert "larger than" in response.content.decode()
    assert LARGEST == 50 * 2**20


def test_database_takes_a_file_or_an_address():
    note = weeknote()
    with pytest.raises(IntegrityError):
        Attachment.objects.create(text=note, title="x")


def test_file_under_another_name_leads_to_its_own(client):
    file = weeknote().attachments.create(title="x", upload=ContentFile(b"x", name="slides.pdf"))
    assert client.get(f"/files/{file.pk}/other.exe").headers["Location"] == file.get_absolute_url()


def test_file_whose_content_is_lost_is_not_found(client):
    file = weeknote().attachments.create(title="x", upload=ContentFile(b"x", name="slides.pdf"))
    default_storage.delete(file.upload.name)
    assert client.get(file.get_absolute_url()).status_code == 404
    assert client.get(file.text.note.get_absolute_url()).status_code == 200


def test_storage_cannot_be_guessed_and_is_no_address(client):
    file = weeknote().attachments.create(title="x", upload=ContentFile(b"x", name="slides.pdf"))
    assert len(file.upload.name) > len("files/slides.pdf") + 12
    assert client.get(f"/media/{file.upload.name}").status_code == 404
