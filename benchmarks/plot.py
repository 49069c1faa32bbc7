"""Cost against size as an SVG, both axes logarithmic, with a line of slope one to compare with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log2

Points = Sequence[tuple[int, float]]

_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 640, 400, 70, 190, 30, 50
_COLOURS = ("#1a73e8", "#d93025", "#1e8e3e", "#9334e6", "#e8710a")
_GREY = "#9aa0a6"


def svg(costs: Mapping[str, Points], title: str) -> str:
    """The picture: one line for each shape, seconds against size."""
    every = [point for points in costs.values() for point in points]
    place = _Scale([size for size, _ in every], [1000 * seconds for _, seconds in every])
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif">',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>',
        _text(_LEFT, _TOP - 12, title, anchor="start"),
        *_grid(place),
        *_linear(place),
    ]
    for number, (shape, points) in enumerate(costs.items()):
        parts += _curve(place, shape, points, _COLOURS[number % len(_COLOURS)], number)
    return "\n".join((*parts, "</svg>\n"))


class _Scale:
    """Where a size and a number of milliseconds stand in the picture."""

    def __init__(self, sizes: Sequence[int], costs: Sequence[float]) -> None:
        self.sizes = sorted(set(sizes))
        self.floor, self.ceiling = int(log2(min(costs)) // 1), int(-(-log2(max(costs)) // 1))

    def x(self, size: float) -> float:
        """The place of a size."""
        span = log2(self.sizes[-1] / self.sizes[0]) or 1
        return _LEFT + (_WIDTH - _LEFT - _RIGHT) * log2(size / self.sizes[0]) / span

    def y(self, cost: float) -> float:
        """The place of a cost in milliseconds."""
        return _HEIGHT - _BOTTOM - (_HEIGHT - _TOP - _BOTTOM) * (log2(cost) - self.floor) / (self.ceiling - self.floor)


def _grid(place: _Scale) -> list[str]:
    right, bottom = _WIDTH - _RIGHT, _HEIGHT - _BOTTOM
    parts = []
    for power in range(place.floor, place.ceiling + 1):
        y = place.y(2.0**power)
        parts.append(f'<line x1="{_LEFT}" y1="{y:.1f}" x2="{right}" y2="{y:.1f}" stroke="#e8eaed"/>')
        parts.append(_text(_LEFT - 6, y + 4, f"{2.0**power:g} ms", anchor="end"))
    for size in place.sizes:
        x = place.x(size)
        parts.append(f'<line x1="{x:.1f}" y1="{_TOP}" x2="{x:.1f}" y2="{bottom}" stroke="#e8eaed"/>')
        parts.append(_text(x, bottom + 16, f"{size:,}", anchor="middle"))
    parts.append(_text((_LEFT + right) / 2, bottom + 36, "stages, instructions or depth", anchor="middle"))
    return parts


def _linear(place: _Scale) -> list[str]:
    """A line of slope one through the lower left corner."""
    first, last = place.sizes[0], place.sizes[-1]
    cost = 2.0**place.floor
    ends = (place.x(first), place.y(cost), place.x(last), place.y(cost * last / first))
    line = '<line x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}" stroke="{}" stroke-dasharray="4"/>'
    return [line.format(*ends, _GREY), _text(ends[2] + 6, ends[3] + 4, "linear", anchor="start", fill=_GREY)]


def _curve(place: _Scale, shape: str, points: Points, colour: str, number: int) -> list[str]:
    marks = [(place.x(size), place.y(1000 * seconds)) for size, seconds in points]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in marks)
    legend_y = _TOP + 14 + 18 * number
    right = _WIDTH - _RIGHT + 20
    return [
        f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>',
        *(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in marks),
        f'<circle cx="{right}" cy="{legend_y - 4}" r="4" fill="{colour}"/>',
        _text(right + 10, legend_y, shape, anchor="start"),
    ]


def _text(x: float, y: float, text: str, *, anchor: str, fill: str = "#202124") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="11" fill="{fill}">{text}</text>'
