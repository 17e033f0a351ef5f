"""Printed matter (SC-006): asked for, drawn, looked at by all departments, printed, taken into stock."""

import io
from collections.abc import Generator, Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

from huiqian.config.stories.telling import On, Pause, Story, Teller, day
from huiqian.documents.commands import upload_file

ASKING, BOSS, DESIGNER, ARTIST = (
    "key_account_director", "product_marketing_director", "marketing_manager", "graphic_designer",
)  # fmt: skip
BUYER, KEEPER = "purchasing_officer", "administrative_assistant"
MANAGERS = ("project_director", "technical_director", "key_account_director", "product_marketing_director")
BLUE, GREEN, PAPER, INK = "#1c5fd4", "#138a5b", "#f3f6fb", "#1b2433"


def drawing(title: str, words: tuple[str, ...], colour: str) -> bytes:
    """A page of a leaflet as a PNG picture of 900 × 640 points."""
    page = Image.new("RGB", (900, 640), PAPER)
    pen = ImageDraw.Draw(page)
    pen.rectangle((0, 0, 900, 190), fill=colour)
    pen.text((48, 56), title, font=_font("Bold", 52), fill="white")
    pen.text((48, 132), "会新环境 · 安静的新鲜空气", font=_font("Regular", 26), fill="white")
    for place, word in enumerate(words):
        top = 232 + 92 * place
        pen.rounded_rectangle((48, top, 852, top + 72), radius=14, fill="white", outline=colour, width=2)
        pen.text((76, top + 18), word, font=_font("Regular", 28), fill=INK)
    kept = io.BytesIO()
    page.save(kept, "PNG")
    return kept.getvalue()


def _font(weight: str, size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    found = Path(settings.HUIQIAN_FONTS) / f"NotoSansSC-{weight}.ttf"
    return ImageFont.truetype(str(found), size) if found.exists() else ImageFont.load_default(size)


def uploaded(teller: Teller, login: str, name: str, picture: bytes) -> str:
    """Somebody's picture, uploaded; its id."""
    return str(upload_file(teller.who(login), name, io.BytesIO(picture)).pk)


FIRST = ("26 dB 低噪声（2 档）", "350 m³/h，热交换效率 82%", "减振吊架与软连接标配", "手机与智能家居集中控制")
SCHOOL = (
    "一间教室一台，风量按 45 人核定", "集中控制，滤芯到期自动提醒", "暑期 15 天装完，不影响开学",
    "节能与业绩材料可直接用于投标",
)  # fmt: skip
SECOND = ("2 档、1 米处 26 dB（第三方检测）", *FIRST[1:])


def leaflet(teller: Teller, number: str) -> Generator[Pause, None, None]:
    """The promotion's leaflet: the artist draws, 技术总监 wants the test's conditions, 1,980 of 2,000 come."""
    yield Pause(1)
    teller.say(
        number, ASKING, material_type="leaflet", format="A4 四折页，157 克铜版纸，双面彩色", needed_by=day(30),
        to_print=True, print_quantity="2000", print_unit="份",
    )  # fmt: skip
    yield Pause(1)
    teller.say(number, BOSS, design_by=day(14), task_notes="请沿用今年的视觉规范，噪声数据以检测报告为准。")
    yield Pause(1)
    brief = "四折页，封面用新版标识，内页三栏，背面放云栖样板间实景。"
    teller.say(number, DESIGNER, outcome="ask_artist", artist_brief=brief, artist_by=day(7))
    yield Pause(3)
    art = uploaded(teller, ARTIST, "XF-350彩页-第一稿.png", drawing("XF-350 静音新风机", FIRST, BLUE))
    teller.say(number, ARTIST, artwork_files=[art], artwork_note="字体已转曲，出血 3 毫米。")
    yield Pause(1)
    teller.say(number, DESIGNER, step="design", outcome="submit", draft_files=[art], design_notes="主色沿用品牌蓝。")
    for login in MANAGERS:
        yield Pause(0)
        if login == "technical_director":
            teller.say(number, login, "26 dB 要写明测试条件。", step="review", outcome="refuse")
        else:
            teller.say(number, login, "同意。", step="review")
    yield Pause(2)
    again = uploaded(teller, DESIGNER, "XF-350彩页-第二稿.png", drawing("XF-350 静音新风机", SECOND, BLUE))
    teller.say(
        number, DESIGNER, step="design", outcome="submit", draft_files=[again], design_notes="主色沿用品牌蓝。",
        handling="噪声数据已注明“2 档、1 米处，第三方检测”。",
    )  # fmt: skip
    for login in MANAGERS:
        yield Pause(0)
        teller.say(number, login, "同意。", step="review")
    yield from _printed(teller, number)


def _printed(teller: Teller, number: str) -> Generator[Pause, None, None]:
    yield Pause(1)
    teller.say(
        number, DESIGNER, step="purchase", supplier="苏州彩印包装有限公司", unit_price="1.80", delivery_by=day(14),
        delivery_place="公司行政部", purchase_notes="三家报价中价格最低，含覆膜。",
    )  # fmt: skip
    yield Pause(1)
    teller.say(number, BUYER, ordered_on=day(), promised_on=day(9), order_notes="哑膜，每 200 份一包，先出数码样。")
    yield Pause(7)
    teller.say(
        number, KEEPER, received_on=day(), received_quantity="1980", difference_note="短装 20 份，供应商下批补齐。",
        stock_place="行政库房 A-2",
    )  # fmt: skip


def poster(handed_in: datetime) -> Story:
    """A poster for schools, these days with the department managers: two have agreed."""

    def story(teller: Teller) -> Iterator[Pause | On]:
        number = teller.begin(
            ASKING, "SC-006", topic="学校新风方案海报", material_type="poster", format="60 × 90 厘米，写真覆膜",
            needed_by=day(40), content="面向学校后勤：集中控制、滤芯提醒、15 天装完；配江城三小实景。", to_print=False,
        )  # fmt: skip
        yield Pause(1)
        teller.say(number, BOSS, design_by=day(14))
        yield On(handed_in)
        picture = drawing("安静的教室，新鲜的空气", SCHOOL, GREEN)
        file = uploaded(teller, DESIGNER, "学校海报-第一稿.png", picture)
        teller.say(number, DESIGNER, outcome="submit", draft_files=[file], design_notes="竖版，主色用绿色以示区别。")
        for login in MANAGERS[:2]:
            yield Pause(0)
            teller.say(number, login, "同意。", step="review")

    return story
