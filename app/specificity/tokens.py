"""A text as words and numbers that know where they stand in it.

Spans are offsets into the text as typed, so that a page can mark them.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from app.shelf import at_hand
from app.specificity.bounds import MEGABYTE, tokens_size
from app.specificity.stems import fold, stem

WORD = re.compile(r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d+(?:[.,:'’]\d+)*|[^\W\d_]+\d*")
MARKUP = re.compile(
    r"</?(?:p|b|i|u|a|br|hr|em|strong|span|div|ul|ol|li|h[1-6]|table|tr|td|font|img)\b[^<>]{0,200}>|&#?\w{2,8};",
    re.IGNORECASE,
)
THOUSANDS = re.compile(r"\d{1,3}(?:[.,'’ \u00a0\u202f]\d{3})+")
SENTENCE_END = frozenset(".!?:\n–—")
LONGEST_NUMBER = 15
# "Once" is left out: Spanish eleven, but far more often English.
NUMBERS = """
2 two twice zwei zweimal deux dos dois duas|3 three drei trois tres|4 four vier quatre cuatro quatro
5 five fünf cinq cinco|6 six sechs seis|7 seven sieben sept siete sete|8 eight acht huit ocho oito
9 nine neun neuf nueve nove|10 ten zehn dix diez dez|11 eleven elf onze
12 twelve dozen zwölf dutzend douze doce
13 thirteen dreizehn treize trece|14 fourteen vierzehn quatorze catorce|15 fifteen fünfzehn quinze quince
16 sixteen sechzehn seize|17 seventeen siebzehn|18 eighteen achtzehn|19 nineteen neunzehn
20 twenty zwanzig vingt veinte vinte|30 thirty dreißig trente treinta trinta
40 forty vierzig quarante cuarenta
50 fifty fünfzig cinquante cincuenta|60 sixty sechzig soixante sesenta|70 seventy siebzig|80 eighty achtzig
90 ninety neunzig|100 hundred hundert cent cien cem|1000 thousand k tausend mille mil
1000000 million millions millionen millones
"""
NUMBER_WORDS = {
    fold(word): value
    for value, *words in map(str.split, re.split(r"[|\n]", NUMBERS.strip()))
    for word in words
}


@dataclass(frozen=True, slots=True)
class Token:
    start: int
    end: int
    word: str
    stem: str
    value: str = ""
    """A number in plain digits, "" for a word."""
    capital: bool = False


@at_hand(20 * MEGABYTE, tokens_size)
def read(text: str) -> tuple[Token, ...]:
    """Return the words and numbers of a text in order; "five thousand" is one number, markup is none."""
    text = MARKUP.sub(lambda match: " " * len(match.group()), text)
    return tuple(_joined(text, map(_token, WORD.finditer(text))))


def opens_sentence(text: str, token: Token) -> bool:
    before = text[max(0, token.start - 3) : token.start].rstrip(" \"“„«'(¿¡")
    return not before or before[-1] in SENTENCE_END


def _token(match: re.Match[str]) -> Token:
    typed = match.group()
    word = fold(typed)
    value = _digits(typed) if typed[0].isdigit() else NUMBER_WORDS.get(word, "")
    return Token(match.start(), match.end(), word, stem(word), value, typed[0].isupper())


def _digits(typed: str) -> str:
    plain = "".join(str(unicodedata.digit(char, char)) for char in typed)
    if THOUSANDS.fullmatch(plain):
        return re.sub(r"\D", "", plain)
    return plain.replace(",", ".")


def _joined(text: str, tokens: Iterable[Token]) -> Iterator[Token]:
    last: Token | None = None
    for token in tokens:
        if last is None:
            last = token
        elif value := _sum(text, last, token):
            last = replace(last, end=token.end, value=value)
        else:
            yield last
            last = token
    if last is not None:
        yield last


def _sum(text: str, left: Token, right: Token) -> str:
    """Return the number two neighbours make together, "" if they make none."""
    adjacent = text[left.end : right.start] in ("", " ", "-", "\u00a0")
    if not (adjacent and _countable(left) and _countable(right)) or right.word.isdigit():
        return ""
    first, second = int(left.value), int(right.value)
    if second >= 100:
        return str(first * second)
    if left.word[0].isdigit():
        return ""  # "20 sept." is a day, "vingt-sept" a number
    return str(first + second) if first in range(20, 100, 10) and second < 10 else ""


def _countable(token: Token) -> bool:
    return token.value.isdecimal() and len(token.value) <= LONGEST_NUMBER
