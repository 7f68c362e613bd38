"""The pictures are as Home Assistant wants those of a brand."""

from PIL import Image
import pytest

from .code import INTEGRATION

BRAND = INTEGRATION / "brand"


@pytest.mark.parametrize(("name", "size"), [("icon.png", 256), ("icon@2x.png", 512)])
def test_an_icon_is_square_transparent_and_trimmed(name: str, size: int) -> None:
    with Image.open(BRAND / name) as icon:
        assert icon.format == "PNG"
        assert icon.size == (size, size)
        assert icon.mode == "RGBA"
        opacity = icon.getchannel("A")
        lowest, _ = opacity.getextrema()
        box = opacity.getbbox()
    assert lowest == 0
    assert box is not None
    # It reaches its edges in one direction at least.
    assert size in {box[2] - box[0], box[3] - box[1]}


def test_there_is_nothing_else() -> None:
    assert {path.name for path in BRAND.iterdir()} == {"icon.png", "icon@2x.png"}
