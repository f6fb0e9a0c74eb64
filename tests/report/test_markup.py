from pilgi.report.markup import join, tag, void


def test_text_is_escaped_and_markup_is_not() -> None:
    assert tag("p", "a < b", tag("b", "&")) == "<p>a &lt; b<b>&amp;</b></p>"


def test_an_attribute_cannot_be_left_by_a_quote() -> None:
    assert void("img", alt='"><script>') == '<img alt="&quot;&gt;&lt;script&gt;">'


def test_attributes_are_spelled_as_in_html_and_none_leaves_one_out() -> None:
    drawn = tag("line", class_="rule", stroke_width=1.5, x1=2.0, x2=1 / 3, title=None)
    assert drawn == '<line class="rule" stroke-width="1.5" x1="2" x2="0.33"></line>'


def test_joining_escapes_too() -> None:
    assert join(["<", tag("i")]) == "&lt;<i></i>"
