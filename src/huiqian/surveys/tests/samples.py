"""A questionnaire with every kind of question, and answers to it."""

from typing import Any

QUESTIONS: dict[str, Any] = {
    "intro": {"zh": "感谢您参与。", "en": "Thank you for taking part."},
    "pages": [
        {
            "questions": [
                {
                    "name": "use", "kind": "choice", "required": True,
                    "label": {"zh": "您是否使用新风系统？", "en": "Do you use one?"},
                    "options": [{"code": "yes", "zh": "是", "en": "Yes"}, {"code": "no", "zh": "否", "en": "No"}],
                },
                {
                    "name": "brands", "kind": "several", "label": {"zh": "用过哪些品牌？"},
                    "options": [{"code": "a", "zh": "清风"}, {"code": "b", "zh": "和风"}, {"code": "c", "zh": "其他"}],
                    "show_if": {"question": "use", "op": "is", "value": "yes"},
                },
                {
                    "name": "score", "kind": "scale", "required": True, "label": {"zh": "总体满意度", "en": "Overall"},
                    "low": {"zh": "很不满意"}, "high": {"zh": "很满意"},
                    "show_if": {"question": "use", "op": "is", "value": "yes"},
                },
            ]
        },
        {
            "title": {"zh": "细节"},
            "questions": [
                {
                    "name": "points", "kind": "matrix", "label": {"zh": "各方面评价"},
                    "rows": [{"code": "noise", "zh": "噪声"}, {"code": "price", "zh": "价格"}],
                    "options": [{"code": "good", "zh": "好"}, {"code": "bad", "zh": "差"}],
                },
                {"name": "why", "kind": "long_text", "label": {"zh": "不满意的原因"}, "required": True,
                 "show_if": {"question": "score", "op": "at_most", "value": "2"}},
                {"name": "area", "kind": "number", "label": {"zh": "面积"}, "least": "1", "most": "1000"},
                {"name": "bought", "kind": "date", "label": {"zh": "购买日期"}},
                {"name": "photo", "kind": "file", "label": {"zh": "照片"}},
            ],
        },
    ],
}  # fmt: skip

WHOLE: dict[str, Any] = {"use": "yes", "brands": ["a", "c"], "score": "5", "points": {"noise": "good", "price": "bad"}}
