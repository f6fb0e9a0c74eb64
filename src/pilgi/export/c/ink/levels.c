/* How many pixels have each level, and where Otsu parts them; pilgi/ink/paper.py. */
#include "steps.h"

INK_LOCAL void ink_count(const pilgi_ink_view *view, uint32_t *counts)
{
    memset(counts, 0, 256 * sizeof *counts);
    for (int32_t row = 0; row < view->height; row++)
        for (int32_t column = 0; column < view->width; column++)
            counts[pilgi_ink_at(view, row, column)]++;
}

/* How many pixels the border has: the first and the last row, and the ends of those between. A
 * picture of one row has it twice, one of one column all but its ends. */
INK_LOCAL int32_t ink_border(const pilgi_ink_view *view)
{
    return 2 * (view->width + ink_larger(view->height - 2, 0));
}

/* The place of one of them. */
INK_LOCAL void ink_border_place(const pilgi_ink_view *view, int32_t at, int32_t *row,
                                int32_t *column)
{
    const int32_t width = view->width, inner = at - 2 * width;
    *row = inner >= 0 ? (inner >> 1) + 1 : at < width ? 0 : view->height - 1;
    *column = inner >= 0 ? (inner & 1) * (width - 1) : at < width ? at : at - width;
}

INK_LOCAL void ink_count_border(const pilgi_ink_view *view, uint32_t *counts)
{
    int32_t row, column;
    memset(counts, 0, 256 * sizeof *counts);
    for (int32_t at = 0; at < ink_border(view); at++) {
        ink_border_place(view, at, &row, &column);
        counts[pilgi_ink_at(view, row, column)]++;
    }
}

/* How many pixels have a level from first to last. */
INK_LOCAL uint32_t ink_total(const uint32_t *counts, int32_t first, int32_t last)
{
    uint32_t total = 0;
    for (int32_t level = first; level <= last; level++)
        total += counts[level];
    return total;
}

/* The level at that place of the sorted list, from 0. */
INK_LOCAL uint8_t ink_ranked(const uint32_t *counts, uint32_t rank)
{
    int32_t level = 0;
    while (level < 255 && rank >= counts[level])
        rank -= counts[level++];
    return (uint8_t)level;
}

/* The smallest level t that splits values <= t from > t with the largest variance between, g^2 / w;
 * 0 where there is one level only. Python first leaves out what floats call smaller than the
 * largest by a billionth: they err by less than 2^-50, so the largest and all that equal it are
 * left, and the smallest of these is what a look at all levels finds. */
INK_LOCAL uint8_t ink_otsu(const uint32_t *counts)
{
    uint64_t ours[3], best[3] = {0, 0, 0}, weight = 1;
    uint32_t total = 0, mass = 0, below = 0, low = 0;
    uint8_t found = 0;
    for (uint32_t level = 0; level < 256; level++) {
        total += counts[level];
        mass += level * counts[level];
    }
    for (uint32_t level = 0; level < 256; level++) {
        below += counts[level];
        low += level * counts[level];
        /* The mean of what is below is at most that of all: the gap is not negative. A level that no
         * pixel has parts them as the one before it does, and is not better. */
        ours[0] = ours[1] = (uint64_t)mass * below - (uint64_t)low * total;
        ours[2] = weight;
        best[2] = (uint64_t)below * (total - below);
        if (best[2] && ink_product_is_more(ours, best, 3)) {
            best[0] = best[1] = ours[0];
            weight = best[2];
            found = (uint8_t)level;
        }
    }
    return found;
}
