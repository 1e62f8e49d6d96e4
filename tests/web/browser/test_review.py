"""The review queue by keyboard alone: every decision, and taking it back."""

from playwright.sync_api import Page, expect

from casus import Store

Desk = tuple[str, Store]


def at(page: Page, event: str) -> None:
    """Hold that an event is at hand."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(event)


def test_confirm_and_reject_go_on(page: Page, own_desk: Desk) -> None:
    """What is decided is kept with the name of who decided, and the next event is at hand."""
    address, store = own_desk
    page.goto(f"{address}/review")
    at(page, "first:e3")
    page.get_by_label("As whom").fill("ann")
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    at(page, "second:e2")
    page.keyboard.press("x")
    at(page, "first:e2")
    decided = [(one.kind, one.target, one.by) for one in store.judgements()]
    assert decided == [("confirm", "first:e3", "ann"), ("reject", "second:e2", "ann")]


def test_undo_takes_the_last_one_back(page: Page, own_desk: Desk) -> None:
    """A rejected event is in the queue again."""
    address, store = own_desk
    page.goto(f"{address}/review")
    page.keyboard.press("x")
    at(page, "second:e2")
    page.keyboard.press("u")
    expect(page.get_by_role("status")).to_contain_text("undo judgement 1")
    assert store.event("first:e3").judged is None


def test_a_slot_is_corrected(page: Page, own_desk: Desk) -> None:
    """The form has the value at hand and takes a better one; a wrong one is told."""
    address, store = own_desk
    page.goto(f"{address}/review?item=first:e1")
    page.keyboard.press("e")
    expect(page.get_by_label("Slot")).to_be_focused()
    page.keyboard.press("ArrowDown")  # from type to mode
    page.keyboard.press("ArrowDown")  # to actors
    expect(page.get_by_label("Value")).to_have_value("Rebels [CAF/REB]")
    page.get_by_label("Value").fill("Rebels [CAF/PRM]")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("correct first:e1 actors Rebels")
    assert store.event("first:e1").event.actors[0].sectors == ("PRM",)


def test_a_wrong_value_is_told(page: Page, own_desk: Desk) -> None:
    """The event stays at hand and nothing is kept."""
    address, store = own_desk
    page.goto(f"{address}/review?item=first:e1")
    page.keyboard.press("e")
    page.get_by_label("Value").fill("FIGHT")
    with page.expect_response(lambda answer: answer.status == 422):
        page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("found 'FIGHT'")
    at(page, "first:e1")
    assert store.judgements() == ()


def test_split_and_undo(page: Page, own_desk: Desk) -> None:
    """An event leaves its incident by one key and comes back by another."""
    address, store = own_desk
    home = store.event("second:e1").incident
    page.goto(f"{address}/review?item=second:e1")
    page.keyboard.press("s")
    expect(page.get_by_role("status")).to_contain_text("split")
    assert store.event("second:e1").incident != home
    page.keyboard.press("u")
    expect(page.get_by_role("status")).to_contain_text("merge")
    assert store.event("second:e1").incident == home


def test_merge_by_digit_and_undo(page: Page, own_desk: Desk) -> None:
    """The list of like incidents opens by a key, a digit takes one, and the key for undo parts them again."""
    address, store = own_desk
    store.split(store.event("second:e1").incident, ["second:e1"], by="ben")
    page.goto(f"{address}/review?item=second:e1")
    page.keyboard.press("1")  # nothing while the list is closed
    page.keyboard.press("m")
    page.keyboard.press("1")
    expect(page.get_by_role("status")).to_contain_text("merge")
    assert store.event("second:e1").incident == store.event("first:e1").incident
    page.keyboard.press("u")
    expect(page.get_by_role("status")).to_contain_text("split")
    assert store.event("second:e1").incident != store.event("first:e1").incident


def test_another_site_cannot_judge(page: Page, own_desk: Desk) -> None:
    """A form on a page of another origin is turned away."""
    address, store = own_desk
    form = f'<form method="post" action="{address}/review"><input name="action" value="reject">'
    form += '<input name="item" value="first:e1"><button>Go</button></form>'
    page.route("http://elsewhere.example/", lambda route: route.fulfill(body=form, content_type="text/html"))
    page.goto("http://elsewhere.example/")
    with page.expect_response(f"{address}/review") as answer:
        page.get_by_role("button").click()
    assert answer.value.status == 403
    assert store.judgements() == ()
