/* Scaling in whole numbers; pilgi/ink/geometry.py. */
#include "steps.h"

/* A new pixel covers [start, end) of old pixels, each of them `cell` long. Where a side shrinks
 * that is their overlap. Where it grows it is as long as an old pixel and begins half of one before
 * the new pixel's centre: the overlaps are the weights of linear interpolation. */
typedef struct {
    uint32_t start, end, cell;
} ink_span;

static ink_span ink_spanned(uint32_t at, uint32_t old, uint32_t new)
{
    ink_span span = {at * old, (at + 1) * old, new};
    if (new > old) {
        const uint32_t centre = (2 * at + 1) * old, last = 2 * new * (old - 1);
        const uint32_t start = centre < new ? 0 : centre - new;
        span.start = start < last ? start : last;
        span.end = span.start + 2 * new;
        span.cell = 2 * new;
    }
    return span;
}

static uint32_t ink_overlap(const ink_span *span, uint32_t old)
{
    const uint32_t start = old * span->cell, end = start + span->cell;
    return (end < span->end ? end : span->end) - (start > span->start ? start : span->start);
}

/* One row's weighted sums, added `weight` times. */
static void ink_add_row(const pilgi_ink_view *from, uint32_t row, uint32_t weight, uint32_t *sums,
                        uint32_t width)
{
    for (uint32_t at = 0; at < width; at++) {
        const ink_span across = ink_spanned(at, (uint32_t)from->width, width);
        uint32_t sum = 0;
        for (uint32_t x = across.start / across.cell; x * across.cell < across.end; x++)
            sum += ink_overlap(&across, x) * pilgi_ink_at(from, (int32_t)row, (int32_t)x);
        sums[at] += sum * weight;
    }
}

/* The picture averaged or interpolated to (height, width), rounded half up once. sums: `width`
 * words. */
INK_LOCAL void ink_resize(const pilgi_ink_view *from, uint8_t *to, int32_t height, int32_t width,
                          uint32_t *sums)
{
    const ink_span across = ink_spanned(0, (uint32_t)from->width, (uint32_t)width);
    for (int32_t at = 0; at < height; at++, to += width) {
        const ink_span down = ink_spanned((uint32_t)at, (uint32_t)from->height, (uint32_t)height);
        memset(sums, 0, (size_t)width * sizeof *sums);
        for (uint32_t row = down.start / down.cell; row * down.cell < down.end; row++) {
            if (from->paint)
                from->paint(from, (int32_t)row);
            ink_add_row(from, row, ink_overlap(&down, row), sums, (uint32_t)width);
        }
        const uint32_t total = (across.end - across.start) * (down.end - down.start);
        for (int32_t column = 0; column < width; column++)
            to[column] = (uint8_t)ink_divide(sums[column], total);
    }
}

/* Move scaled ink to its place in a larger picture, which begins where it does: from the last byte
 * to the first, none goes to a lower one. */
INK_LOCAL void ink_move(const ink_plane *scaled, const ink_plane *to, int32_t top, int32_t left)
{
    for (int32_t row = to->height - 1; row >= 0; row--)
        for (int32_t column = to->width - 1; column >= 0; column--) {
            const int32_t y = row - top, x = column - left;
            const int inside = ink_within(y, scaled->height) && ink_within(x, scaled->width);
            to->pixels[ink_place(to, row, column)] =
                inside ? scaled->pixels[ink_place(scaled, y, x)] : 0;
        }
}

/* Scale so that the brightest is 255. */
INK_LOCAL void ink_brighten(uint8_t *pixels, int32_t count)
{
    uint32_t peak = 0;
    for (int32_t at = 0; at < count; at++)
        peak = pixels[at] > peak ? pixels[at] : peak;
    for (int32_t at = 0; peak && at < count; at++)
        pixels[at] = (uint8_t)ink_divide(255u * pixels[at], peak);
}
