from __future__ import annotations

import pytest

from core.run.refusal import Refusal
from playground.files.bytes_to_text import text_of

SENTENCE = {
    "gb18030": "今天天气很好，我们去公园散步。",
    "shift_jis": "今日はとても良い天気です。",
    "latin-1": "Le café où êtes-vous, à la plage?",
    "cp1251": "Сегодня хорошая погода.",
    "big5": "今天天氣很好，我們去公園散步。",
    "euc_kr": "오늘은 날씨가 아주 좋습니다.",
    "euc_jp": "東京都の天気はとても良いです。",
    "koi8-r": "Сегодня хорошая погода.",
    "cp1253": "Σήμερα ο καιρός είναι καλός.",
    "cp1254": "Şehir,Nüfus\nİzmir,4\nMuğla,1\nİstanbul,16\nAğrı,2\n",
    "cp1255": "היום מזג האוויר נעים מאוד",
    "cp1256": "الطقس جميل جدا اليوم",
}


@pytest.mark.parametrize("encoding", SENTENCE)
def test_an_old_encoding_is_told(encoding: str) -> None:
    found = text_of(SENTENCE[encoding].encode(encoding))
    assert (found.text, found.encoding) == (SENTENCE[encoding], encoding)


def test_what_tells_may_come_late() -> None:
    text = "x,y\n" + "1,2\n" * 100_000 + "3,今天天气很好\n"
    assert text_of(text.encode("gb18030")).text == text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"])
def test_a_mark_is_no_part_of_the_text(encoding: str) -> None:
    assert text_of("身高,x\n1,2\n3,4\n".encode(encoding)).text == "身高,x\n1,2\n3,4\n"


@pytest.mark.parametrize("encoding", ["", "nothing", "rot13", "hex", "zip", "undefined", "ascii", "utf-8\0"])
def test_an_encoding_that_does_not_serve_is_refused(encoding: str) -> None:
    with pytest.raises(Refusal, match="text_encoding"):
        text_of("größe".encode("latin-1"), encoding)


def test_a_small_sign_among_plain_letters_is_western() -> None:
    assert text_of("x (µm),y (°C)\n1,2\n".encode("cp1252")).text == "x (µm),y (°C)\n1,2\n"


def test_damaged_utf_8_is_refused_with_its_line_and_not_taken_for_something_else() -> None:
    with pytest.raises(Refusal) as caught:
        text_of("身高,体重\n1,2\n".encode() + b"3,\xff\n")
    assert (caught.value.key, caught.value.values) == ("text_damaged", {"line": 3})


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", bytes(range(256)), b"a\0b", b"\x01\x02\x03"])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(Refusal, match="text_binary"):
        text_of(data)
