"""Languages are told apart by a sentence or two, and short texts are not judged."""

from importlib.resources import files

import pytest

from casus.ingest.languages import guess_language

TEXTS = {
    "en": "The government said on Monday that it would not talk to the rebels until they left the town they took.",
    "de": "Die Regierung sagte am Montag, dass sie nicht mit den Rebellen reden werde, bis sie die Stadt verlassen "
    "haben, die sie im Mai einnahmen.",
    "fr": "Le gouvernement a déclaré lundi qu'il ne parlerait pas aux rebelles tant qu'ils n'auraient pas quitté la "
    "ville prise en mai dans le nord.",
    "es": "El gobierno dijo el lunes que no hablaría con los rebeldes hasta que salieran de la ciudad que tomaron en "
    "mayo en el norte del país.",
    "ru": "Правительство заявило в понедельник, что не будет говорить с ними, пока они не покинут город.",
    "uk": "Уряд заявив у понеділок, що не буде говорити з повстанцями, доки вони не залишать місто, що у травні.",
    "ar": "قالت الحكومة يوم الاثنين إنها لن تتحدث مع المتمردين حتى يغادروا المدينة التي استولوا عليها في مايو",
    "zh": "政府周一表示，在叛军离开他们五月份占领的城镇之前，不会与他们谈判，也不会释放任何人员。",
    "ja": "政府は月曜日、五月に占領した町を反政府勢力が去るまで話し合いには応じないと述べた。",
    "tr": "Hükümet pazartesi günü yaptığı açıklamada, isyancılar mayıs ayında ele geçirdikleri kasabayı terk edene "
    "kadar onlarla bir görüşme olmayacak ve bu konuda daha fazla bilgi için çok erken dedi.",
}


@pytest.mark.parametrize(("code", "text"), TEXTS.items(), ids=TEXTS)
def test_languages_are_told_apart(code: str, text: str) -> None:
    """One sentence is enough."""
    assert guess_language(text) == code


@pytest.mark.parametrize("text", ["", "Bomben in Berlin", "Kirkuk 2020", "!" * 500, "No."])
def test_short_texts_are_not_judged(text: str) -> None:
    """Too little is said to tell."""
    assert guess_language(text) is None


def test_english_with_much_foreign_in_it_stays_english() -> None:
    """Names and a quotation do not change a report's language."""
    text = (
        f"{TEXTS['en']} {TEXTS['en']} “Die Regierung hat das nicht gesagt”, said der Sprecher. U.S. U.S. U.S. troops."
    )
    assert guess_language(text) == "en"


def test_the_table_is_sorted_and_regular() -> None:
    """Codes are unique and in order, words too."""
    rows = (files("casus.ingest") / "data" / "small_words.tsv").read_text("utf-8").splitlines()[1:]
    table = {code: words.split() for code, _, words in (row.split("\t") for row in rows)}
    assert len(table) == len(rows)
    assert list(table) == sorted(table)
    assert [code for code, words in table.items() if words != sorted(set(words))] == []
