"""Photos of people, through the form."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from PIL import Image

from people.models import Person
from tests.hackit.site import picture
from tests.notes.test_admin import form_of

pytestmark = pytest.mark.django_db


def upload(client, file):
    address = reverse("admin:people_person_add")
    return client.post(address, form_of(client.get(address)) | {"name": "Ann Lee", "photo": file})


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_photo_is_kept_small_square_and_without_where_it_was_taken(editor_client, kind):
    assert upload(editor_client, picture(kind)).status_code == 302
    photo = Person.objects.get().photo
    image = Image.open(BytesIO(photo.read()))
    assert (image.format, image.size) == ("JPEG", (480, 480))
    assert not image.getexif()
    assert "home" not in photo.name


@pytest.mark.parametrize(
    "content", [b"no picture", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", b""]
)
def test_what_is_no_picture_is_a_sentence(editor_client, content):
    response = upload(editor_client, ContentFile(content, name="photo.jpg"))
    assert response.status_code == 200
    assert not Person.objects.exists()
