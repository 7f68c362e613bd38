"""Draws costs against the number of devices, both as logarithms, as an SVG."""

from collections.abc import Mapping, Sequence
from html import escape
import math

from .rows import Row

XMLNS = "http://www.w3.org/2000/svg"
FONT = 'font-family="sans-serif" font-size="12"'
WIDTH, HEIGHT = 760, 420
LEFT, RIGHT, TOP, BOTTOM = 70, 270, 30, 50
COLORS = ("#1b6ca8", "#d1495b", "#3a7d44", "#edae49", "#6d597a", "#00798c", "#8d6a3f")

type Line = tuple[str, Mapping[int, float], bool]


def lines_of(rows: Sequence[Row], names: Mapping[str, str]) -> list[Line]:
    """Return what is drawn: times by the number of devices, the naive ones dashed."""
    lines: list[Line] = []
    for row in rows:
        if row.spec.key not in {"setup", "idle"}:
            continue
        scale = 1000 if row.spec.unit == "s" else 1
        title = f"{names[row.vendor]}: {row.spec.what.split(':')[0]}"
        for name, values, dashed in (
            (title, row.ours, False),
            (f"{title}, naive", row.naive, True),
        ):
            points = {
                size: value * scale for size, value in values.items() if value > 0
            }
            if points:
                lines.append((name, points, dashed))
    return lines


def svg(lines: Sequence[Line]) -> str:
    """Return the drawing; values are in milliseconds."""
    sizes = [size for _, points, _ in lines for size in points]
    values = [value for _, points, _ in lines for value in points.values()]
    if not sizes:
        return ""
    x_span = _span(sizes)
    y_span = _span(values)
    parts = [
        f'<svg xmlns="{XMLNS}" viewBox="0 0 {WIDTH} {HEIGHT}" {FONT}>',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        *_grid(x_span, y_span),
    ]
    for at, (name, points, dashed) in enumerate(lines):
        color = COLORS[at // 2 % len(COLORS)]
        dash = ' stroke-dasharray="5 4"' if dashed else ""
        spots = [
            (_x(size, x_span), _y(points[size], y_span)) for size in sorted(points)
        ]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in spots)
        style = f'stroke="{color}" stroke-width="2"{dash}'
        parts.append(f'<polyline points="{path}" fill="none" {style}/>')
        parts += [
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{color}"/>'
            for x, y in spots
        ]
        y = TOP + 14 + 20 * at
        x = WIDTH - RIGHT + 20
        parts.append(f'<line x1="{x}" y1="{y}" x2="{x + 24}" y2="{y}" {style}/>')
        parts.append(f'<text x="{x + 30}" y="{y + 4}">{escape(name)}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def _span(values: Sequence[float]) -> tuple[int, int]:
    """Return the powers of ten that hold all values."""
    low = math.floor(math.log10(min(values)))
    return low, max(low + 1, math.ceil(math.log10(max(values))))


def _grid(x_span: tuple[int, int], y_span: tuple[int, int]) -> list[str]:
    parts = []
    for power in range(x_span[0], x_span[1] + 1):
        x = _x(10**power, x_span)
        parts.append(
            f'<line x1="{x:.1f}" y1="{TOP}" x2="{x:.1f}" y2="{HEIGHT - BOTTOM}"'
            ' stroke="#ddd"/>'
            f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">'
            f"{10**power:,}</text>"
        )
    for power in range(y_span[0], y_span[1] + 1):
        y = _y(10.0**power, y_span)
        parts.append(
            f'<line x1="{LEFT}" y1="{y:.1f}" x2="{WIDTH - RIGHT}" y2="{y:.1f}"'
            ' stroke="#ddd"/>'
            f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">'
            f"{10.0**power:,g}</text>"
        )
    middle = (LEFT + WIDTH - RIGHT) / 2
    parts.append(
        f'<text x="{middle}" y="{HEIGHT - 10}" text-anchor="middle">devices</text>'
        f'<text x="{LEFT}" y="{TOP - 12}" text-anchor="middle">ms</text>'
    )
    return parts


def _x(value: float, span: tuple[int, int]) -> float:
    part = (math.log10(value) - span[0]) / (span[1] - span[0])
    return LEFT + part * (WIDTH - RIGHT - LEFT)


def _y(value: float, span: tuple[int, int]) -> float:
    part = (math.log10(value) - span[0]) / (span[1] - span[0])
    return HEIGHT - BOTTOM - part * (HEIGHT - BOTTOM - TOP)
