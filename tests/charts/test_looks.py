"""Colours stand out from light and dark ground, and are told apart by the colour-blind."""

from itertools import combinations
from math import dist

import pytest

from casus.charts.looks import DIRECTIONS, PAPER, QUADS, STAGE_COLOURS, STAGES, THEMES, Theme, theme_config

Colour = tuple[float, float, float]
# Machado, Oliveira and Fernandes, "A physiologically-based model for simulation of color vision deficiency", IEEE TVCG
# 15 (2009): whole loss of one kind of cone, on linear RGB.
LOSSES = {
    "none": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
}
DISTINCT = 20
"""Distance in CIELAB from which on two patches are told apart at a glance; two are just told apart at 2.3."""


def linear(colour: str) -> Colour:
    """Return the linear RGB of `#rrggbb`, each 0…1."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return red, green, blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG 2.2, 1 to 21."""
    first, second = sorted(
        sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear(colour), strict=True))
        for colour in (one, other)
    )
    return (second + 0.05) / (first + 0.05)


def seen(colour: str, loss: str) -> Colour:
    """Return the CIELAB of a colour as somebody with a loss sees it."""
    rgb = linear(colour)
    red, green, blue = (
        min(max(sum(share * part for share, part in zip(row, rgb, strict=True)), 0), 1) for row in LOSSES[loss]
    )
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089
    x, y, z = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in (x, y, z))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("colour", sorted({*QUADS.values(), *STAGE_COLOURS.values(), *DIRECTIONS}))
def test_marks_stand_out_from_their_ground(theme: Theme, colour: str) -> None:
    """By 3:1 or more, as WCAG 1.4.11 asks of graphics."""
    assert contrast(colour, PAPER[theme]["ground"]) >= 3


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", ["ink", "quiet"])
def test_words_are_read_on_their_ground(theme: Theme, name: str) -> None:
    """By 4.5:1 or more, as WCAG 1.4.3 asks of writing."""
    assert contrast(PAPER[theme][name], PAPER[theme]["ground"]) >= 4.5


@pytest.mark.parametrize("loss", LOSSES)
def test_quads_are_told_apart_by_the_colour_blind(loss: str) -> None:
    """Every two of them, whichever cones are missing."""
    pairs = combinations(QUADS.values(), 2)
    assert [pair for pair in pairs if dist(seen(pair[0], loss), seen(pair[1], loss)) < DISTINCT] == []


def test_stages_are_told_apart_without_colours() -> None:
    """Each has a shape of its own."""
    assert len(set(STAGES.values())) == len(STAGES)


def test_a_theme_is_given_anew_each_time() -> None:
    """Nobody changes it for others."""
    theme_config("dark")["background"] = "red"
    assert theme_config("dark")["background"] == PAPER["dark"]["ground"]
