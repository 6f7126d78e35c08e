"""Languages: sentences in brackets, and all else as it was. So no program reads English, and none is missed."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree

import nbformat
import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import write_po
from conftest import CHAPTER, RIGHT, Course
from courses import FIXTURES, FOLDERS, make_course, once, run

from grader import locale
from grader.author.build import build_chapter
from grader.author.messages import chapter_template, extracted
from grader.chapter.model import Chapter, ChapterError, load_chapter
from grader.chapter.namespace import load_namespace
from grader.chapter.prose import kept, rewritten
from grader.chapter.translate import catalogue_for, messages, translated
from grader.grade.files import grade_files
from grader.grade.jobs import Task, grade_many
from grader.gradebook.keeping import write_scores
from grader.locale import CLOSE, OPEN, LocaleError, bracketed, catalogue_of
from grader.refusal import Refusal
from grader.report import write
from grader.report.classtable import class_markdown
from grader.result import Graded, Held
from grader.said import read_said
from grader.sandbox.replies import read_outcome
from grader.settings import load_settings
from grader.text import Names, Text, render, say, say_counted

ANSWERS: dict[str, dict[str, str]] = {
    "right": RIGHT,
    "wrong": {"line": "return x @ w + 1", "slope": "return x.T @ (x @ w - y)"},
    "another wrong": {"line": "return (x @ w).tolist()", "slope": "return (x.T @ (line(x, w) - y) / len(x))[:1]"},
    "not written": {},
    "raising": {"line": "return x @ missing", "slope": "return x.no_such_name"},
    "one raises": {"line": "x[:] = 0\n    return x @ w", "slope": "return line(x, w, 3)"},
    "slow": {"line": "while True: pass", "slope": "exit()"},
}
#: What no sentence is, although letters stand in it: the fixture's names of checks, parts and tensors, Python's errors.
NAMES = re.compile(r"\b(?:line|slope|values|gradients|single row|predictions|\w+Error|Stopped|nbgrader|d?w|x|y)\b")


#: What a student's own exceptions say: Python's words, which stay as they are.
RAISED = (
    "name 'missing' is not defined",
    "'numpy.ndarray' object has no attribute 'no_such_name'",
    "line() takes 2 positional arguments but 3 were given",
)


def outside(text: str) -> str:
    """What stands outside of the brackets."""
    depth, rest = 0, []
    for char in text:
        depth += (char == OPEN) - (char == CLOSE)
        assert depth >= 0, text
        if depth == 0 and char != CLOSE:
            rest.append(char)
    assert depth == 0, text
    return "".join(rest)


def english_in(text: str) -> list[str]:
    """Words outside of brackets that are no name, code or formula."""
    for message in RAISED:
        text = text.replace(message, "")
    bare = NAMES.sub(" ", re.sub(r"`[^`]*`|\$[^$]*\$", " ", outside(text)))
    return re.findall(r"[A-Za-z][\w.]*", bare)


class Page(HTMLParser):
    """The texts of a page, one after the other."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def texts_of(html: str) -> str:
    page = Page()
    page.feed(html)
    return " ".join(page.texts)


@pytest.fixture(scope="session")
def pseudo_built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    settings = '[tool.grader]\nlocale = "xx"\n[tool.grader.limits]\ncell_s = 5\ncall_s = 1\n'
    return once(tmp_path_factory, "pseudo", lambda root: make_course(root, FIXTURES / CHAPTER, settings=settings))


@pytest.fixture
def pseudo(pseudo_built: Path, tmp_path: Path) -> Course:
    root = tmp_path / "pseudo_root"
    shutil.copytree(pseudo_built, root)
    settings = load_settings(root)
    chapter = load_chapter(settings.chapter(CHAPTER))
    return Course(settings, chapter, load_namespace(chapter))


def plain(graded: Graded) -> list[tuple[Any, ...]]:
    """What a program reads of a result."""
    return [
        (
            verdict.check,
            verdict.score,
            verdict.status,
            verdict.diagnosis,
            [(part.name, part.weight, part.status, part.diagnosis, part.hidden) for part in verdict.parts],
        )
        for verdict in graded.verdicts
    ]


def told(graded: Graded, course: Course) -> Iterator[str]:
    """Every sentence of ours in a result and on its page, in the page's language."""
    catalogue = catalogue_for(course.chapter, "xx")
    texts: list[Text] = [graded.reason, *graded.remarks, graded.headline]
    for verdict in graded.verdicts:
        texts += [verdict.finding.text, *verdict.hints]
        for part in verdict.parts:
            texts += [part.finding.text, *part.notes]
    yield from (render(text, catalogue) for text in texts)
    for cell in graded.notebook.cells:
        for output in cell.get("outputs", ()):
            if output.output_type == "execute_result" and "text/html" in output.data:
                yield texts_of(output.data["text/html"])
            if output.output_type == "stream":
                yield output.text
            if output.output_type == "error" and output.ename == "Stopped":
                yield output.evalue


@pytest.mark.parametrize("answers", ANSWERS)
def test_a_release_in_brackets_grades_alike_and_tells_everything_in_brackets(
    course: Course, pseudo: Course, answers: str
) -> None:
    english = course.grade(course.answered(**ANSWERS[answers]))
    graded = pseudo.grade(pseudo.answered(**ANSWERS[answers]))
    assert plain(graded) == plain(english)
    assert graded.score == english.score
    for text in told(graded, pseudo):
        assert english_in(text) == [], text
    assert any(OPEN in text for text in told(graded, pseudo))


def test_repairs_and_refusals_are_told_in_brackets(course: Course, pseudo: Course) -> None:
    made: list[Graded] = []
    for one in (course, pseudo):
        notebook = one.answered(**RIGHT)
        by_name = {cell.metadata.get("nbgrader", {}).get("grade_id", ""): cell for cell in notebook.cells}
        notebook.cells.remove(by_name["check_line"])
        notebook.cells.remove(by_name["given_batch"])
        by_name["figure_predictions"].source += "\n# edited"
        notebook.cells.append(nbformat.v4.new_code_cell(by_name["line"].source + "\n    # again", id="again"))
        notebook.cells.append(nbformat.v4.new_code_cell("#" * 100_001, id="large"))
        notebook.cells.append(nbformat.v4.new_code_cell("get_ipython().system('ls')\nexit()", id="typed"))
        made.append(one.grade(notebook))
    english, graded = made
    assert plain(graded) == plain(english)
    assert [text.key for text in graded.remarks] == [text.key for text in english.remarks]
    assert len(graded.remarks) >= 5
    for text in told(graded, pseudo):
        assert english_in(text) == [], text


def test_a_question_that_nobody_answered_waits_for_nobody(course: Course) -> None:
    folder = course.settings.chapter(CHAPTER)
    text = (folder / "chapter.py").read_text(encoding="utf-8")
    asked = text.replace("# ### BEGIN SOLUTION\n# Because", "# Say why.\n#\n# ### BEGIN SOLUTION\n# Because")
    assert asked != text
    (folder / "chapter.py").write_text(asked, encoding="utf-8")
    built = build_chapter(folder, course.settings, locale="xx")
    assert "⟦Say why.⟧" in built.path.read_text(encoding="utf-8")
    changed = Course(course.settings, load_chapter(folder), course.namespace)
    grade = SimpleNamespace(name="written_least_squares", manual_score=None)
    kept_by = SimpleNamespace(grades=[grade], comments=[SimpleNamespace(name="written_least_squares")])
    gradebook = SimpleNamespace(
        find_submission_notebook=lambda *names: kept_by, db=SimpleNamespace(commit=lambda: None)
    )
    write_scores(gradebook, "someone", changed.chapter, changed.grade(changed.release()))
    assert (grade.auto_score, grade.needs_manual_grade) == (0.0, False)
    assert kept_by.comments[0].auto_comment == "⟦No response.⟧"


@pytest.mark.parametrize("name", ["text", "markdown", "junit", "gradescope"])
def test_a_report_is_in_the_courses_language(pseudo: Course, name: str) -> None:
    graded = pseudo.grade(pseudo.answered(**ANSWERS["wrong"]))
    page = write(name, [(Path("a.ipynb"), graded)], catalogue_of("xx"))
    if name == "junit":
        tree = ElementTree.fromstring(page)
        page = "\n".join((failure.get("message") or "") + (failure.text or "") for failure in tree.iter("failure"))
    elif name == "gradescope":
        page = "\n".join(test["output"] for test in json.loads(page)["tests"])
    assert page.count(OPEN) > 5
    plain_text = re.sub(r"</?(?:details|summary)>|```text|a(?:\\\\)?\.ipynb", "", page)
    assert english_in(plain_text) == [], page


def test_grader_check_speaks_the_language_of_the_notebook(pseudo: Course) -> None:
    (pseudo.root / "pyproject.toml").write_text("[tool.grader]\n")
    nbformat.write(pseudo.answered(**ANSWERS["wrong"]), pseudo.root / "mine.ipynb")
    ran = run(pseudo.root, "grader", "check", "mine.ipynb")
    assert ran.returncode == 1
    assert "✗ line: ⟦⟦not right yet⟧ (0 of 2)⟧: ⟦" in ran.stdout
    assert english_in(ran.stdout.replace("mine.ipynb", "")) == []


#: What a student may type in cells of their own.
TYPED = """
for call in (
    lambda: check.needs(line, slope),
    lambda: check.progress(),
    lambda: check.hint("line"),
    lambda: check.hint("nothing"),
    lambda: check.reveal(None, lambda: 1),
    lambda: check.reveal("1", lambda: 1),
    lambda: check.reveal([1, 2], lambda: 1),
    lambda: check.reveal(1, lambda: 0.99995),
    lambda: check.reveal(1, lambda: line(x, w, 3)),
    lambda: check.reveal(1, slope),
):
    call()
for name, made in check.results().items():
    print(grader.card.as_text(made, grader.locale.spoken()))
"""


@pytest.mark.parametrize("answers", ["wrong", "not written", "raising"])
def test_a_notebook_speaks_the_language_of_its_release(pseudo: Course, answers: str) -> None:
    cells = [cell.source for cell in pseudo.answered(**ANSWERS[answers]).cells if cell.cell_type == "code"]
    script = pseudo.root / "notebook.py"
    script.write_text(
        f"import grader.card, grader.locale\nfor cell in {[*cells, TYPED]!r}:\n    exec(cell, globals())\n"
    )
    ran = run(script.parent, script.stem)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.count(OPEN) > 20
    for line in re.sub(rf"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}", f"{OPEN}{CLOSE}", ran.stdout).split("\n"):
        assert english_in(line) == [], ran.stdout


def test_a_release_in_brackets_keeps_code_ids_and_metadata(course: Course, pseudo: Course) -> None:
    english, made = course.release(), pseudo.release()
    assert made.metadata.pop("grader") == english.metadata.pop("grader") | {"locale": "xx"}
    assert made.metadata == english.metadata
    assert [cell.id for cell in made.cells] == [cell.id for cell in english.cells]
    for cell, other in zip(made.cells, english.cells, strict=True):
        for one in (cell, other):
            one.metadata.get("nbgrader", {}).pop("checksum", None)
        assert cell.metadata == other.metadata
        if cell.cell_type == "code" and cell.id != "setup-recorded":
            assert cell.source == other.source
        elif cell.cell_type == "markdown" and "YOUR ANSWER HERE" not in other.source:  # nbgrader's own mark
            assert OPEN in cell.source
            assert kept(cell.source) == kept(other.source)


#: Blocks that hold no sentence.
WHOLE = re.compile(r"^```.*?^```|^\$\$.*?\$\$$|<!--.*?-->|^### (?:BEGIN|END) SOLUTION$", re.S | re.M)


@pytest.mark.parametrize("folder", [*FOLDERS, *FIXTURES.iterdir()], ids=lambda folder: folder.name)
def test_a_chapter_in_brackets_keeps_formulas_code_links_and_marks(folder: Path) -> None:
    chapter = load_chapter(folder)
    made = translated(chapter, catalogue_of("xx"))
    for cell, other in zip(made.cells, chapter.cells, strict=True):
        assert rewritten(other.source, lambda text: text) == other.source
        assert (cell.id, cell.role, cell.options) == (other.id, other.role, other.options)
        if other.cell_type == "markdown" and other.role != "hints":
            assert kept(cell.source) == kept(other.source)
            assert cell.source.replace(OPEN, "").replace(CLOSE, "") == other.source
            assert WHOLE.findall(cell.source) == WHOLE.findall(other.source)
            assert english_in(WHOLE.sub("", cell.source)) == []
        else:
            assert cell.source == other.source


MARKDOWN = """<!-- 01_scale · written: why -->
# The *loss* of $f(x)$

<!-- a comment
     of two lines -->
A line, and
its [link](a_(page).html "title") with `code ($x$)`; a price of 5 \\$.
![a picture](data.png)

- first, $$a = b$$
  goes on
2. [ ] second

> A quotation <a id="here"></a>

| name | $x$ |
|---|:-:|
| `|` a bar | 3 |

```python
# no sentence
```
$$
a
- \\text{no sentence}
$$
### BEGIN SOLUTION
A guide.
### END SOLUTION
---"""


def test_only_sentences_of_markdown_are_put_in_brackets() -> None:
    assert rewritten(MARKDOWN, bracketed) == (
        MARKDOWN.replace("The *loss* of $f(x)$", "⟦The *loss* of $f(x)$⟧")
        .replace("A line, and", "⟦A line, and")
        .replace("![a picture](data.png)", "![a picture](data.png)⟧")
        .replace("first, $$a = b$$\n  goes on", "⟦first, $$a = b$$\n  goes on⟧")
        .replace("second", "⟦second⟧")
        .replace('A quotation <a id="here"></a>', '⟦A quotation <a id="here"></a>⟧')
        .replace("| name |", "| ⟦name⟧ |")
        .replace("| `|` a bar |", "| ⟦`|` a bar⟧ |")
        .replace("A guide.", "⟦A guide.⟧")
    )


def test_an_unknown_language_is_one_line(course: Course) -> None:
    ran = run(course.root, "grader", "build", "--locale", "yy")
    assert ran.returncode == 2
    assert ran.stderr == "grader: there is no language 'yy'; known: en, xx\n"


def test_what_a_notebook_says_of_its_language_is_looked_up_only(course: Course) -> None:
    for name in ("../../xx", "yy", ["xx"], 3):
        notebook = course.answered(**ANSWERS["wrong"])
        notebook.metadata["grader"]["locale"] = name
        graded = course.grade(notebook)
        assert OPEN not in nbformat.writes(graded.notebook)


def test_a_page_whose_notebook_names_no_language_is_in_the_courses(pseudo: Course) -> None:
    notebook = pseudo.answered(**ANSWERS["wrong"])
    del notebook.metadata["grader"]
    unnamed, unreadable = pseudo.root / "unnamed.ipynb", pseudo.root / "odd.ipynb"
    nbformat.write(notebook, unnamed)
    unreadable.write_text("{}")
    ((_, graded),) = grade_files([unnamed], pseudo.settings, b"secret")
    refused = dict(
        grade_many([Task("ada", unreadable)], pseudo.prepared, b"secret", pseudo.settings.limits, locale="xx")
    )
    for one in (graded, *refused.values()):
        assert OPEN in nbformat.writes(one.notebook)
        for text in told(one, pseudo):
            assert english_in(text.replace("odd.ipynb", "")) == [], text


@pytest.fixture
def german(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of languages with a little German in it."""
    monkeypatch.setattr(locale, "_FOLDER", tmp_path / "languages")
    catalogue_of.cache_clear()
    yield tmp_path / "languages"
    catalogue_of.cache_clear()


def compiled(folder: Path, *sentences: tuple[Any, Any]) -> None:
    catalog = Catalog("de")
    for english, words in sentences:
        catalog.add(english, words)
    path = folder / "de" / "LC_MESSAGES" / "grader.mo"
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        write_mo(file, catalog)


def test_a_language_of_gettext_speaks_with_its_places_and_plurals(german: Path) -> None:
    compiled(
        german,
        ("{names} has {count} rows", "Zeilen von {names}: {count}"),
        (("{names} is right.", "{names} are right."), ("{names} stimmt.", "{names} stimmen.")),
        ("{first} and {last}", "{first} und {last}"),
    )
    words = catalogue_of("de")
    assert render(say("{names} has {count} rows", names="W", count=7), words) == "Zeilen von W: 7"
    assert render(Names(("W", "b")), words) == "W und b"
    for count, says in ((1, "W stimmt."), (2, "W stimmen.")):
        assert render(say_counted("{names} is right.", "{names} are right.", count, names="W"), words) == says
    assert render(say("no translation yet"), words) == "no translation yet"


def test_a_translation_with_other_places_is_refused_in_one_line(german: Path) -> None:
    compiled(german, ("{tensor} has wrong values.", "{tensr} hat falsche Werte."))
    with pytest.raises(LocaleError, match=r"the language de has other places .*'\{tensor\} has wrong values\.'"):
        catalogue_of("de")


def in_german(chapter: Chapter, **words: str) -> Path:
    """The chapter's PO file with these messages, English and German."""
    catalog = Catalog("de")
    for message in messages(chapter, load_namespace(chapter).mistakes):
        catalog.add(message.text, words.get(message.text, ""), context=message.context)
    path = chapter.path / "locale" / "de.po"
    path.parent.mkdir()
    with path.open("wb") as file:
        write_po(file, catalog)
    return path


MISTAKE = "You sum over the batch. The loss is a mean, so its gradient is one too."


def test_a_chapter_is_translated_by_a_po_file_beside_it(course: Course, german: Path) -> None:
    compiled(german)
    words = {
        "Scale and slope": "Maßstab und Steigung",
        r"$\hat y = X w$": "",
        MISTAKE: "Du summierst.",
        "Look at `@`.": "Sieh dir `@` an.",
    }
    in_german(course.chapter, **words)
    catalogue = catalogue_for(course.chapter, "de")
    first = translated(course.chapter, catalogue).cells[0].source
    assert first.startswith("# Maßstab und Steigung\n\nTwo small exercises")
    graded = course.grade(course.answered(line=RIGHT["line"], slope="return x.T @ (x @ w - y)"))
    slope = graded.verdicts[1]
    assert slope.diagnosis == "mistake:sum_for_mean"
    assert render(slope.finding.text, catalogue) == "Du summierst."
    assert render(slope.finding.text) == MISTAKE


def test_a_translation_that_changes_a_formula_is_refused_with_its_line(course: Course, german: Path) -> None:
    compiled(german)
    path = in_german(course.chapter, **{"Which axis of $x$ is the batch?": "Welche Achse von $X$ zählt die Zeilen?"})
    with pytest.raises(ChapterError, match=r"de\.po:\d+: formulas, code, .* stay .* differs in '\$x\$'") as refused:
        catalogue_for(course.chapter, "de")
    line = int(str(refused.value).split(":")[1])
    assert path.read_text(encoding="utf-8").split("\n")[line - 1] == 'msgid "Which axis of $x$ is the batch?"'


def test_a_chapters_template_names_every_sentence_and_its_place(course: Course) -> None:
    made = chapter_template(course.chapter, course.namespace.mistakes).decode()
    hints = course.chapter.cell("hints", "line")
    assert f'msgctxt "{hints.id}"\nmsgid "Look at `@`."' in made
    assert f'msgctxt "mistake:slope:sum_for_mean"\nmsgid "{MISTAKE}"' in made
    assert 'msgid "Scale and slope"' in made
    assert "residual_of_the_line" not in made


def test_every_sentence_of_the_package_is_extracted() -> None:
    found = {sentence.one: sentence for sentence in extracted()}
    assert "{tensor} has wrong values." in found
    assert found["{names} is right."].many == "{names} are right."
    assert len(found) > 200


def test_a_sentence_that_is_no_literal_is_refused_with_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "judge.py").write_text('from grader.text import say\n\nsay(f"{1} is wrong")\n')
    with pytest.raises(Refusal, match=r"judge\.py:3: what say says is written out at the call"):
        list(extracted(tmp_path))


def test_a_worker_chooses_no_template() -> None:
    reply = {"value": None, "mutated": [], "warnings": [], "stdout": "", "notes": []}
    template = "{number.__class__} {0}"
    outcome = read_outcome(reply | {"failure": ["raised", "E", ["raw", [template]], []]}, 0.0)
    assert outcome is not None
    assert outcome.failure is not None
    assert outcome.failure.message == template
    for odd in (template, [template, []], ["raw", []], ["line", ["1"]], ["foreign", ["a", "b"]]):
        assert read_outcome(reply | {"failure": ["raised", "E", odd, []]}, 0.0) is None
    assert str(read_said(["foreign", [template]], 300)).startswith(f"A {template} came back")


def test_a_class_is_told_in_the_courses_language(pseudo: Course) -> None:
    held = {"ann": Held(4.5, 7, 1.25, waits=True)}
    graded = pseudo.grade(pseudo.answered(**ANSWERS["another wrong"]))
    page = class_markdown({"ann": graded, "bob": None}, "01", held, catalogue_of("xx"))
    assert page.count(OPEN) > 8
    assert english_in(re.sub(r"\b(?:ann|bob)\b", "", page)) == []
