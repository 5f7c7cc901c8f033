"""/remove: a document goes once that is confirmed, and is kept beside the folder."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from bot_api.telegram import Sent
from house import LETTER, OWNER, SECOND_OWNER, STRANGER, House, open_house


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(tmp_path) as house:
        yield house


async def _ask(house: House, name: str) -> Sent:
    said = await house.say(f"/remove {name}")
    (question,) = [one for one in said if not one.text.startswith("The folder has changed")]  # no news
    return question


async def test_a_document_goes_once_that_is_confirmed_and_is_kept(house: House) -> None:
    question = await _ask(house, "Letter.TXT")
    assert question.text == ("Shall I take letter.txt out of the folder? It is not deleted: I keep it in removed/.")
    assert list(question.buttons) == ["Take it out", "Cancel"]
    assert "letter.txt" in house.files
    assert await house.press(question, "Take it out") is None
    (kept,) = (house.data_dir / "removed").rglob("letter.txt")
    assert kept.read_text("utf-8") == LETTER
    assert question.text == f"letter.txt is no longer in the folder. I keep it as {kept}."
    assert list(house.files) == ["minutes.md"]
    assert house.library.document("letter.txt") is None


async def test_cancelled_everything_stays(house: House) -> None:
    question = await _ask(house, "letter.txt")
    await house.press(question, "Cancel")
    assert question.text == "Nothing was deleted."
    assert "letter.txt" in house.files


async def test_pressed_twice_or_by_somebody_else_nothing_happens(house: House) -> None:
    question = await _ask(house, "letter.txt")
    data = question.buttons["Take it out"]
    assert await house.press_data(question, data, by=STRANGER) == "Only my owners can do that."
    assert await house.press_data(question, data, by=SECOND_OWNER) == "Only the person who asked can press this."
    await house.press_data(question, data)
    (house.folder / "letter.txt").write_text("Another letter.\n", encoding="utf-8")
    assert await house.press_data(question, data) == "That is done already, or was too long ago."
    assert "letter.txt" in house.files


async def test_what_is_gone_already_is_said_to_be(house: House) -> None:
    question = await _ask(house, "letter.txt")
    (house.folder / "letter.txt").unlink()
    await house.press(question, "Take it out")
    assert question.text == "That document is no longer in the folder."


@pytest.mark.parametrize("name", ["../data/journal.sqlite3", "/etc/hostname", "whales.txt", ".", "sources.yaml"])
async def test_what_the_folder_does_not_have_cannot_go(house: House, name: str) -> None:
    reply = await _ask(house, name)
    assert reply.text == f"The folder has no document called {name}. /sources lists those that it has."
    assert reply.rows == ()


async def test_without_a_name_it_says_how(house: House) -> None:
    assert (await _ask(house, "")).text == "Write the name of a file after the command, like this: /remove report.txt"


async def test_of_several_documents_of_one_name_the_path_is_asked(house: House) -> None:
    for folder in ("2023", "2024"):
        (house.folder / folder).mkdir()
        (house.folder / folder / "report.txt").write_text(f"The year was {folder}.\n", encoding="utf-8")
    reply = await _ask(house, "report.txt")
    assert reply.text == (
        "Several documents are called report.txt. Write the path of the one you mean:\n"
        "• 2023/report.txt\n• 2024/report.txt"
    )
    question = await _ask(house, "2024/report.txt")
    await house.press(question, "Take it out")
    assert [path for path in house.files if path.endswith("report.txt")] == ["2023/report.txt"]


async def test_a_broken_file_can_go_too(house: House) -> None:
    (house.folder / "scan.hwp").write_bytes(b"\x00\x01noise")
    await house.say("/reload")
    await house.wait_for(2)  # the other owner reads of it
    await house.press(await _ask(house, "scan.hwp"), "Take it out")
    assert "scan.hwp" not in house.files


async def test_a_link_put_in_its_place_meanwhile_is_not_followed(house: House, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    question = await _ask(house, "letter.txt")
    (house.folder / "letter.txt").unlink()
    (house.folder / "letter.txt").symlink_to(secret)
    await house.press(question, "Take it out")
    assert question.text == "The folder cannot be changed: It is no file of the folder."
    assert secret.exists()
    assert OWNER in {one.chat for one in house.telegram.sent}
