"""The handbook as a Word document: real headings and tables, diagrams as pictures, a table of contents as a field."""

import io
from collections.abc import Iterable, Sequence
from datetime import datetime, time
from itertools import count
from typing import Any

from docx import Document
from docx.document import Document as Word
from docx.enum.section import WD_ORIENT
from docx.shared import Mm

from huiqian.base.actors import Actor
from huiqian.documents.printing import Printed, pictures
from huiqian.insight.paragraphs import (
    Line,
    Run,
    contents_field,
    field,
    heading,
    paragraph,
    restyle,
    table,
    table_markup,
)
from huiqian.insight.printing import data_of, kept
from huiqian.insight.queries import Handbook, handbook

# A sheet's room in millimetres: upright and turned.
UPRIGHT, TURNED, HIGH = 178.0, 265.0, 160.0
# Fine enough to be read in print, small enough to be sent around: dots an inch of the drawing's own px.
PPI = 110.0
LARGEST = 0.22  # mm a px: a small diagram is not blown up


def write_handbook(actor: Actor) -> Printed:
    """The handbook in the reader's language as a DOCX."""
    book = handbook(actor)
    data = data_of(book)
    return Printed(f"{book.title} {book.day}.docx", kept("docx", data, lambda: _Writer(book, data).written()))


class _Writer:
    """Writes one document, from the front to the back."""

    def __init__(self, book: Handbook, data: dict[str, Any]) -> None:
        self.book, self.data, self.words = book, data, data["words"]
        self.word: Word = Document()
        self.marks = count(1)
        self.listed: list[tuple[int, str, str]] = []
        drawn = [piece for one in data["processes"] for piece in one["picture"]]
        svgs = [piece["svg"] for piece in (*data["map"], *drawn)]
        self.drawn = dict(zip(svgs, pictures(svgs, PPI), strict=True))

    def written(self) -> bytes:
        """The finished file."""
        restyle(self.word, english=self.data["language"] == "en")
        self._about()
        self._page()
        self._cover()
        contents = paragraph([])
        self._add(contents)
        self._rules()
        self._overview()
        self._processes()
        self._duties()
        self._raci()
        self._positions()
        self._forms()
        for one in contents_field(self.words["contents"], self.listed):
            contents.addprevious(one)
        out = io.BytesIO()
        self.word.save(out)
        return out.getvalue()

    def _about(self) -> None:
        about, day = self.word.core_properties, datetime.combine(self.book.day, time())
        about.title, about.author, about.comments = self.data["title"], self.data["company"], self.words["made"]
        about.created = about.modified = day
        about.language = "en-US" if self.data["language"] == "en" else "zh-CN"

    def _page(self) -> None:
        """A4 with a footer: what it is, the day, page x of y."""
        section = self.word.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(16)
        section.top_margin = section.bottom_margin = Mm(18)
        section.different_first_page_header_footer = True
        before, between = self.words["page"].split("{page}")
        between, after = between.split("{pages}")
        runs = [Run(f"{self.data['title']}  {self.data['day']}    {before}", "soft"), *field("PAGE"),
                Run(between, "soft"), *field("NUMPAGES"), Run(after, "soft")]  # fmt: skip
        footer = section.footer.paragraphs[0]._p
        footer.addprevious(paragraph(runs))
        footer.getparent().remove(footer)

    def _add(self, *elements: Any) -> None:
        body = self.word.element.body
        for one in elements:
            body.insert(len(body) - 1, one)

    def _heading(self, level: int, text: str, number: str = "", *, fresh: bool = False) -> None:
        mark = f"hb{next(self.marks)}"
        said = f"{number} {text}" if number else text
        if level < 3:
            self.listed.append((level, said, mark))
        self._add(heading(level, said, mark, number=int(mark[2:]), fresh=fresh))

    def _say(self, *runs: Run) -> None:
        self._add(paragraph(list(runs)))

    def _table(self, heads: Sequence[str], rows: Iterable[Sequence[Any]], widths: Sequence[float]) -> None:
        self._add(table(heads, rows, widths), paragraph([]))

    def _cover(self) -> None:
        self._add(*(paragraph([]) for _n in range(8)))
        self._say(Run(self.data["company"], "soft"))
        self._add(paragraph([Run(self.data["title"])], style="Title"))
        self._say(Run(self.data["day_words"]))
        self._add(*(paragraph([]) for _n in range(6)))
        rows = [
            (one["code"], self._named(one), str(one["version"]), one["since_day"], self._signatures(one))
            for one in self.data["processes"]
        ] + [(one["code"], one["name"], "–", self.words["not_in_effect"], "") for one in self.data["without"]]
        self._table(self.words["cover_heads"], rows, (20, 56, 14, 26, 62))
        self._say(Run(self.words["made"], "soft"))

    def _named(self, one: dict[str, Any]) -> str:
        return f"{one['name']}{self.words['provisional_short'] if one['provisional'] else ''}"

    def _signatures(self, one: dict[str, Any]) -> list[Line]:
        signed: list[Line] = [[Run(f"{who['position']} {who['person']} {who['at']}")] for who in one["signed"]]
        return signed or [[Run(self.words["adopted"], "soft")]]

    def _rules(self) -> None:
        self._heading(1, self.words["rules"], "1")
        for one in self.data["rules"]:
            self._say(Run(f"{one['code']}  {one['text']}", "bold"))
            self._say(Run(one["kept"], "soft"))

    def _overview(self) -> None:
        self._heading(1, self.words["overview"], "2")
        self._picture(self.data["map"][0], UPRIGHT)
        rows = [
            (one["code"], [[Run(one["name_zh"])], [Run(one["name_en"], "soft")]], one["department"],
             str(one["version"]), one["since_day"])
            for one in self.data["processes"]
        ]  # fmt: skip
        rows += [(one["code"], one["name"], "", "–", self.words["not_in_effect"]) for one in self.data["without"]]
        self._table(self.words["process_heads"], rows, (20, 72, 44, 14, 28))
        self._heading(3, self.words["links"])
        links = [
            (f"{source['code']} {source['name']}", f"{line['process']['code']} {line['process']['name']}",
             line["document"], line["how"])
            for source, line in self.data["links"]
        ]  # fmt: skip
        self._table(self.words["link_heads"], links, (46, 46, 40, 46))

    def _processes(self) -> None:
        self._heading(1, self.words["processes"], "3")
        for place, one in enumerate(self.data["processes"]):
            self._heading(2, f"{one['code']}  {one['name']}", fresh=place > 0)
            self._process(one)

    def _process(self, one: dict[str, Any]) -> None:
        words = self.words
        said = [one["department"], words["version"].replace("{n}", str(one["version"])),
                words["since"].replace("{day}", one["since_day"])]  # fmt: skip
        self._say(Run(words["dot"].join(filter(None, said)), "soft"))
        if one["provisional"]:
            self._say(Run(words["provisional"], "warn"))
        self._say(Run(one["purpose"]))
        signed = words["semicolon"].join(f"{who['position']} {who['person']} {who['at']}" for who in one["signed"])
        watch = words["comma"].join(who["name"] for who in one["watch"])
        for label, text in ((words["begins"], one["begins"]), (words["watch"], watch), (words["review"], signed)):
            if text:
                self._say(Run(f"{label}  ", "soft"), Run(text))
        self._documents(one)
        self._received(one)
        self._diagrams(one)
        self._heading(3, words["steps"])
        self._table(words["step_heads"], self._steps(one), (20, 36, 96, 26))

    def _diagrams(self, one: dict[str, Any]) -> None:
        """The diagram's pieces, on pages of their own turned to landscape where it is wide."""
        pieces = one["picture"]
        if not one["turned"]:
            for piece in pieces:
                self._picture(piece, UPRIGHT)
            return
        self._turn(landscape=True)
        for place, piece in enumerate(pieces, start=1):
            part = self.words["piece"].replace("{n}", str(place)).replace("{all}", str(len(pieces)))
            said = part if len(pieces) > 1 else self.words["diagram"]
            named = [Run(f"{one['code']}  {one['name']}  ", "bold"), Run(said, "soft")]
            self._add(paragraph(named, about="<w:keepNext/>"))
            self._picture(piece, TURNED)
        self._turn(landscape=False)

    def _turn(self, *, landscape: bool) -> None:
        section = self.word.add_section()
        section.different_first_page_header_footer = False
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))

    def _picture(self, piece: dict[str, Any], room: float) -> None:
        scale = min(room / piece["width"], HIGH / piece["height"], LARGEST)
        self.word.add_picture(io.BytesIO(self.drawn[piece["svg"]]), width=Mm(piece["width"] * scale))

    def _steps(self, one: dict[str, Any]) -> list[Sequence[Any]]:
        rows: list[Sequence[Any]] = []
        for group in one["groups"]:
            number = f"{one['code']}.{group['number']}" if group["number"] else self.words["unnumbered"]
            for place, step in enumerate(group["steps"]):
                rows.append((
                    [[Run(number if place == 0 else "", "bold")]], self._who(step), list(self._what(step)), step["due"],
                ))  # fmt: skip
        return rows

    def _who(self, step: dict[str, Any]) -> list[Line]:
        names = self.words["comma"].join(who["name"] for who in step["positions"])
        who = names or (step["lane"] if step["kind"] in ("do", "approve") else "")
        said = self.words["dot"].join(filter(None, (self.words["kinds"][step["kind"]], who)))
        return [[Run(step["name"], "bold")], [Run(said, "soft")]]

    def _what(self, step: dict[str, Any]) -> Iterable[Line | str]:
        words = self.words
        if step["words"]:
            yield [Run(step["words"])]
        for label, text in (
            (words["how"], words["semicolon"].join(step["how"])), (words["writes"], step["writes"]),
            (words["form"], "" if step["writes"] else step["form"]), (words["signs"], step["signs"]),
            (words["answers"], " / ".join(step["answers"])),
            (words["returns"], words["comma"].join(to["name"] for to in step["returns"])),
        ):  # fmt: skip
            if text:
                yield [Run(f"{label}  ", "soft"), Run(text)]
        for one in step["branchings"]:
            yield from self._ways(one)
        if step["decision"]:
            yield from self._decision(step["decision"])

    def _ways(self, one: dict[str, Any]) -> Iterable[Line]:
        words = self.words
        asked = {"all": words["at_once"], "event": words["event"] + one["question"]}
        told = [Run(asked.get(one["kind"], one["question"] or words["then"]), "bold")]
        yield [*told, Run(f"  {words['each_that_fits']}", "soft")] if one["kind"] == "some" else told
        for way in one["ways"]:
            when = [Run(f"{way['when']} ", "ink")] if way["when"] else []
            yield [*when, Run(f"→ {words['comma'].join(way['to'])}")]

    def _decision(self, one: dict[str, Any]) -> Iterable[Line | str]:
        """A decision table, as a table within the cell."""
        words = self.words
        if not one["rows"]:
            yield [Run(words["table_above"].replace("{name}", one["name"]), "soft")]
            return
        version = words["version"].replace("{n}", str(one["version"]))
        yield [Run(words["dot"].join((words["table"] + one["name"], version, one["policy"])), "soft")]
        widths = [70 / (len(one["heads"]) - 1)] * (len(one["heads"]) - 1) + [22.0]
        yield table_markup(one["heads"], one["rows"], widths)

    def _documents(self, one: dict[str, Any]) -> None:
        if not one["documents"]:
            return
        self._heading(3, self.words["documents"])
        comma = self.words["comma"]
        rows = [
            (document["name"] + (self.words["each"] if document["each"] else ""),
             comma.join(step["name"] for step in document["written"]) or "–",
             comma.join(who["name"] for who in document["signed"]) or "–")
            for document in one["documents"]
        ]  # fmt: skip
        self._table(self.words["document_heads"], rows, (54, 62, 62))

    def _received(self, one: dict[str, Any]) -> None:
        words, rows = self.words, []
        for label, lines in ((words["from"], one["receives"]), (words["to"], one["hands_on"])):
            for line in lines:
                filled = label == words["from"] and line["fields"]
                fields = words["semicolon"] + words["fills"] + words["comma"].join(line["fields"]) if filled else ""
                other = f"{line['process']['code']} {line['process']['name']}"
                rows.append((label, other, line["document"], line["how"] + fields))
        if rows:
            self._heading(3, words["receives"])
            self._table(words["received_heads"], rows, (14, 52, 42, 70))

    def _duties(self) -> None:
        words = self.words
        self._heading(1, words["duties"], "4")
        for one in self.data["duties"]:
            self._heading(2, one["name"])
            holders = words["comma"].join(one["holders"]) or words["nobody"]
            self._say(Run(f"{one['department']}{words['dot']}{holders}", "soft"))
            rows: list[Sequence[Any]] = [
                ([[Run(words[kind], "bold")]], [self._duty(duty) for duty in one[kind]])
                for kind in ("starts", "does", "decides")
                if one[kind]
            ]
            if one["told"]:
                told = words["comma"].join(f"{duty['process_code']} {duty['process_name']}" for duty in one["told"])
                rows.append(([[Run(words["told"], "bold")]], told))
            if rows:
                self._table((), rows, (24, 154))
            else:
                self._say(Run(words["no_duty"], "soft"))

    def _duty(self, duty: dict[str, Any]) -> Line:
        number = f".{duty['number']}" if duty["number"] else ""
        after = "".join(self.words["dot"] + part for part in (duty["document"], duty["due"]) if part)
        return [Run(f"{duty['process_code']}{number}  ", "ink"), Run(duty["step"]), Run(after, "soft")]

    def _raci(self) -> None:
        words = self.words
        self._heading(1, words["raci"], "5")
        self._say(Run(words["letters"], "soft"))
        for one in self.data["raci"]:
            self._heading(2, f"{one['code']}  {one['name']}")
            names = [name for _code, name in one["positions"]]
            room = min(18.0, 110 / max(len(names), 1))
            rows = [(row["number"], row["step"], *row["cells"]) for row in one["rows"]]
            self._table(
                (words["number"], words["step"], *names), rows, (10, 168 - room * len(names), *[room] * len(names))
            )

    def _positions(self) -> None:
        words = self.words
        self._heading(1, words["positions"], "6")
        rows = []
        for one in self.data["positions"]:
            under = words["dot"].join((one["department"], *one["groups"]))
            holders: list[Line] = [[Run(words["comma"].join(one["holders"]))]]
            if not one["holders"]:
                holders = [[Run(words["nobody_short"], "warn")]]
            holders += [[Run(one_, "soft")] for one_ in one["deputies"]]
            rows.append((
                [[Run(one["name"], "bold")], [Run(under, "soft")]], holders, one["superior"], str(len(one["steps"])),
                one["then"],
            ))  # fmt: skip
        self._table(words["position_heads"], rows, (44, 42, 34, 14, 44))
        risky = [one for one in self.data["positions"] if one["risk"] and one["steps"]]
        if risky:
            self._heading(3, words["risky"])
            self._table((), [self._risk(one) for one in risky], (44, 134))

    def _risk(self, one: dict[str, Any]) -> Sequence[Any]:
        holders = self.words["comma"].join(one["holders"]) or self.words["nobody_short"]
        steps = self.words["comma"].join(f"{code} {step['name']}" for code, step in one["steps"])
        return [[Run(one["name"], "bold")], [Run(holders, "soft")]], steps

    def _forms(self) -> None:
        self._heading(1, self.words["forms"], "7")
        for process in self.data["processes"]:
            self._heading(2, f"{process['code']}  {process['name']}")
            for form in process["forms"]:
                self._heading(3, form["name"])
                steps = self.words["comma"].join(step["name"] for step in form["steps"])
                self._say(Run(self.words["filled"] + steps, "soft"))
                self._table(self.words["field_heads"], self._fields(form), (50, 28, 22, 78))

    def _fields(self, form: dict[str, Any]) -> list[Sequence[Any]]:
        rows: list[Sequence[Any]] = []
        for title, fields in form["sections"]:
            rows.append(([[Run(title, "bold")]],))
            for one in fields:
                label = [[Run(f"　{one['label']}", "soft")]] if one["column"] else one["label"]
                rows.append((label, one["kind"], one["required"], [[Run(one["note"], "soft")]]))
        return rows
