"""What is wrong with how a figure looks, found without looking: words cut off, on one another, or too small to print."""

import itertools

from matplotlib.text import Text

from clipbook.charts.figure import SMALLEST


def beyond_the_scale(fig):
    """Give the labels of ticks that lie outside the axes, which matplotlib keeps but does not draw."""
    for ax in fig.axes:
        for axis in (ax.xaxis, ax.yaxis):
            low, high = sorted(axis.get_view_interval())
            for tick in axis.get_major_ticks():
                if not low <= tick.get_loc() <= high or not ax.axison:
                    yield from (tick.label1, tick.label2)


def faults(fig):
    """List the faults of a finished figure in sentences."""
    fig.canvas.draw()
    renderer = fig.canvas.get_renderer()
    hidden = set(beyond_the_scale(fig))
    texts = [text for text in fig.findobj(Text) if text.get_visible() and text.get_text().strip()]
    shown = [(text, Text.get_window_extent(text, renderer)) for text in texts if text not in hidden]
    width, height = fig.canvas.get_width_height()
    for text, box in shown:
        said = text.get_text()
        if box.x0 < -1 or box.x1 > width + 1:
            yield f"{said!r} runs over the side"
        if box.y0 < -1 or box.y1 > height + 1:
            yield f"{said!r} runs over the top or foot"
        if text.get_fontsize() < SMALLEST:
            yield f"{said!r} has {text.get_fontsize()} points"
    for (one, box), (other, against) in itertools.combinations(shown, 2):
        across = min(box.x1, against.x1) - max(box.x0, against.x0)
        down = min(box.y1, against.y1) - max(box.y0, against.y0)
        if across > 1 and down > 2:
            yield f"{one.get_text()!r} lies on {other.get_text()!r}"
