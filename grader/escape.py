"""What others wrote, made harmless for where it is shown: students' texts, exceptions' messages, names of files.

| shown in | what could be done there | stopped by |
|---|---|---|
| a terminal, a CI run's log | control characters that clear, recolour or overwrite; marks that turn the writing direction round; a lone surrogate that no file can hold | `printable` |
| a CI run's log | a workflow command: ``::set-output``, ``::add-mask`` at the start of a line (GitHub), ``##[...]``, ``##vso[...]``, ``##teamcity[...]`` anywhere in it | `printable` |
| a line for each result | a newline that begins a line of its own: a forged score | `one_line`; `hanging`, where several lines are meant: a bar stands before each |
| JSON in a CI run's log | the same commands, where no character may change | `json_text` |
| JUnit XML | characters that XML cannot hold: the whole report is unreadable | `printable`; ElementTree quotes the rest |
| a Markdown table, a CI run's summary | another row or column, links, pictures that are fetched, HTML, mentions, formulas | `table_cell` |
| a Markdown fence | a fence of its own that ends ours | `fenced` |
| an HTML card | tags; a formula that MathJax makes a link or a style of, or a macro that spells one | `html_text`, `rich_html_text` |
| nbgrader's pages: a text cell | raw HTML, links that run a program or ask our own server, pictures that are fetched, formulas as above | `inert_markdown` |
| nbgrader's pages: an HTML output | the same, after `grader.sanitise` has rebuilt the HTML with nh3 | `inert_html` |
| a file, a database | lone surrogates | `well_formed` |

No spreadsheet is written here: nbgrader's own export holds points, and names of the roster. Names of files are only
shown here; where a student's name is part of a path, `grader.gradebook` holds it against what a file may be called.
"""  # noqa: E501  # a table's row is one line

from __future__ import annotations

import html
import json
import re
from collections.abc import Collection
from typing import Any

#: C0 and C1 but for tab and newline, marks and overrides of the writing direction, line separators of other kinds,
#: halves of surrogate pairs, and what XML cannot hold.
_CONTROLS = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
#: What a CI run obeys in its log: GitHub at the start of a line, white space aside; the older forms anywhere.
_COMMAND = re.compile(r"^(?P<space>[^\S\n]*):(?=:)|#(?=#\w*\[)", re.MULTILINE)

#: What MathJax takes as a style, as an attribute, as a name for something else, or as more of itself.
_MACROS = (
    r"style|bbox|mmltoken|class|cssid|[egx]?def|let|(?:re|provide)?newcommand|providecommand|"
    r"(?:re)?newenvironment|require|unicode|csname"
)
#: What no sentence of ours holds, and the text of a student's exception may.
_FORMULA = re.compile(rf"\\(?=(?:href|{_MACROS})(?![A-Za-z]))", re.IGNORECASE)

#: What renderers and browsers skip inside a link's scheme: white space, control characters, a backslash.
_GAP = r"[\s\\\x00-\x1f]*"
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
#: Entities that could spell a scheme once they are decoded.
_ENTITY = re.compile(r"&(?=#|colon;|tab;|newline;)", re.IGNORECASE)
_SCHEME = re.compile(rf"(?:{_GAP.join('javascript')}|{_GAP.join('vbscript')}){_GAP}:", re.IGNORECASE)
_ATTACHMENT = re.compile(rf"({_GAP.join('attachment')}){_GAP}:(?P<name>[^\s)\"'>]*)", re.IGNORECASE)
#: Where a link may lead: to a page elsewhere or a place on this one. A relative address would ask our own server.
_PAGE = r"https?://|mailto:|#"
#: Pictures in the text itself; any other would be fetched when the page is opened.
_DATA = r"data:image/(?:png|jpeg|gif);base64,"
#: White space and brackets in front of an address in Markdown. Possessive: what follows it is looked at once.
_LEAD = r"\s*+<?+\s*+"
_FETCHED = re.compile(rf"!(?=\[)(?!\[[^\[\]]*\]\({_LEAD}(?:attachment:|{_DATA}))", re.IGNORECASE)
_LINK = re.compile(rf"\](?=[(:]{_LEAD}(?!{_PAGE}|attachment:|{_DATA}))", re.IGNORECASE)
#: The same as _FORMULA, but that a student's formula may lead to a page.
_LEADING = re.compile(rf"\\(?=(?:{_MACROS})(?![A-Za-z])|href(?![A-Za-z])(?!\s*+\{{\s*+(?:{_PAGE})))", re.IGNORECASE)


def printable(text: str) -> str:
    """Some lines for a terminal or a log, finished but for this: what is shown there is what is written, and commands
    nothing. "?" stands for each character that a terminal obeys, that hides others, or that no file can hold."""
    return _COMMAND.sub(lambda found: f"{found['space'] or ''}{found[0][-1]} ", _CONTROLS.sub("?", text))


def one_line(text: str) -> str:
    """A text as one line of many."""
    return printable(" ".join(line.strip() for line in text.splitlines()).strip())


def hanging(text: str, indent: int) -> str:
    """A text of several lines behind a head of ours: those after the first stand ``indent`` places to the right, behind
    a bar, so that none of them is taken for a line of ours."""
    return text.replace("\n", "\n" + " " * (indent - 2) + "│ ")


def json_text(value: Any) -> str:
    """JSON that says the same and commands nothing."""
    return json.dumps(value, indent=2).replace("##", "#\\u0023")


def table_cell(text: str) -> str:
    """One cell of a Markdown table in which nothing is markup."""
    plain = one_line(text).replace("&", "&amp;").replace("<", "&lt;")
    return "".join(f"\\{char}" if char in "\\`*_[]|!#~$" else char for char in plain)


def fenced(text: str) -> str:
    """Text as it is, in a Markdown fence longer than any run of backticks in it."""
    text = printable(text)
    longest = max(map(len, re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text}\n{fence}"


def html_text(text: str) -> str:
    """Text for an HTML page. Formulas stay as they are: Jupyter typesets them, but for links, styles and macros."""
    return html.escape(_FORMULA.sub(r"\\ ", text))


def rich_html_text(text: str) -> str:
    """The same, with `code` as code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", html_text(text))


def inert_markdown(text: str, pictures: Collection[str]) -> str:
    """Markdown that runs nothing and fetches nothing: HTML becomes text, links lead to pages only.

    Marks that a renderer would act on are broken by a space: an entity in their place would be decoded again, and
    shows as itself in code.

    pictures: the names of the attachments that are there; another one would stop nbconvert.
    """

    def attachment(found: re.Match[str]) -> str:
        return found[0] if found["name"] in pictures else f"{found[1]} :{found['name']}"

    text = _ENTITY.sub("& ", _TAG.sub("< ", text))
    text = _ATTACHMENT.sub(attachment, _SCHEME.sub(_broken, text))
    return _LEADING.sub(r"\\ ", _LINK.sub("] ", _FETCHED.sub("! ", text)))


def inert_html(text: str) -> str:
    """HTML of harmless tags, for a page on which MathJax reads it, too: its links take any scheme."""
    return _LEADING.sub(r"\\ ", _SCHEME.sub(_broken, text))


def leads_to_page(address: str) -> bool:
    """Whether a link may lead there: to a page elsewhere, or a place on this one."""
    return re.match(_PAGE, address, re.IGNORECASE) is not None


def is_picture(address: str) -> bool:
    """Whether it is a picture in the text itself."""
    return re.match(_DATA, address, re.IGNORECASE) is not None


def well_formed(value: Any) -> Any:
    """``value``, its texts without lone surrogates: no file and no page can hold those."""
    if type(value) is str:
        return value.encode("utf-8", "replace").decode()
    if type(value) is list:
        return [well_formed(item) for item in value]
    if type(value) is tuple:
        return tuple(well_formed(item) for item in value)
    if type(value) is dict:
        return {well_formed(key): well_formed(item) for key, item in value.items()}
    return value


def _broken(scheme: re.Match[str]) -> str:
    return f"{scheme[0][:-1]} :"
