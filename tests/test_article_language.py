"""The language of a text, from invented sentences."""

from __future__ import annotations

import pytest

from clipbook.article.language import language_of


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The bridge over the river will be closed for a year because engineers have found cracks in it.", "en"),
        ("Die Brücke über den Fluss wird für ein Jahr gesperrt, weil sich in dem alten Bogen Risse gezeigt haben.", "de"),
        ("Le pont sur la rivière sera fermé pendant un an parce que les ingénieurs ont trouvé des fissures dans une arche.", "fr"),
        ("El puente sobre el río se cerrará durante un año porque los ingenieros han encontrado grietas en uno de los arcos.", "es"),
        ("Мост через реку будет закрыт на год, потому что инженеры нашли трещины в старой арке моста.", "ru"),
        ("橋は一年間閉鎖されると市議会が金曜日に発表した。技師が古いアーチに亀裂を見つけたためだ。", "ja"),
        ("다리는 일 년 동안 폐쇄된다고 시의회가 금요일에 밝혔다. 기술자들이 균열을 발견했다.", "ko"),
        ("Bridge shut", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_language(text: str, code: str) -> None:
    assert language_of(text) == code
