"""What an installation may switch: whether strangers see the directory, and whose map lies beside it."""

from typing import Any

import pytest
from django.test import Client
from pydantic import ValidationError

from config.env import Environment, tile_hosts
from tests.community import Community

pytestmark = pytest.mark.django_db
TILES = "https://{s}.tiles.example.org/{z}/{x}/{y}.png"


def test_a_directory_kept_to_itself_asks_strangers_to_sign_in(
    client: Client, community: Community, settings: Any
) -> None:
    settings.PUBLIC_DIRECTORY = False
    for path in ("/", "/?q=food", f"/services/{community.groceries}/"):
        answer = client.get(path)
        assert (answer.status_code, "/accounts/login/" in answer.headers.get("Location", "")) == (302, True)
    assert client.get("/about/").status_code == 200


def test_a_directory_kept_to_itself_is_open_to_those_who_work_here(
    client: Client, community: Community, settings: Any, sign_in: Any
) -> None:
    settings.PUBLIC_DIRECTORY = False
    sign_in(client, community.ana)
    assert client.get(f"/services/{community.groceries}/").status_code == 200


def test_by_default_anybody_may_look(client: Client, community: Community) -> None:
    assert client.get(f"/services/{community.groceries}/").status_code == 200


@pytest.mark.parametrize(("tiles", "shown"), [("", False), (TILES, True)])
def test_without_a_tile_server_the_list_stands_alone(
    client: Client, community: Community, settings: Any, tiles: str, shown: bool
) -> None:
    settings.MAP_TILES = tiles
    page = client.get("/?q=food").content
    assert str(community.groceries).encode() in page
    assert (b"data-map" in page, b"leaflet" in page) == (shown, shown)


def test_only_the_hosts_of_the_map_may_show_pictures() -> None:
    assert tile_hosts("") == []
    assert tile_hosts(TILES) == ["https://*.tiles.example.org"]


@pytest.mark.parametrize("wrong", ["javascript:alert(1)//x", "https://a.org; script-src */x", "tiles"])
def test_an_address_that_is_none_is_refused(wrong: str) -> None:
    with pytest.raises(ValidationError):
        Environment(map_tiles=wrong)
