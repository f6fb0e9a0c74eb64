/* Dark ink on bright paper, whatever it was; pilgi/ink/paper.py, darken. */
#include "steps.h"

#define INK_DECISIVE 16

/* Whether border and corners together lie above the threshold: two fifths are enough. */
static int ink_is_bright(const pilgi_ink_view *view, const uint32_t *edge, uint8_t threshold)
{
    const int32_t rows = ink_smaller(2, view->height), columns = ink_smaller(2, view->width);
    const uint32_t above = ink_total(edge, threshold + 1, 255), length = ink_total(edge, 0, 255);
    const uint32_t count = (uint32_t)(rows * columns);
    uint32_t corners = 0;
    for (int32_t row = 0; row < rows; row++)
        for (int32_t column = 0; column < columns; column++)
            corners += pilgi_ink_at(view, row * (view->height - 1), column * (view->width - 1)) >
                       threshold;
    return 5 * (above * count + corners * length) > 4 * length * count;
}

INK_LOCAL void ink_darken(pilgi_ink_view *view, uint32_t *counts)
{
    uint32_t below = 0, above = 0;
    ink_count_border(view, counts);
    const uint32_t last = ink_total(counts, 0, 255) - 1;
    const int32_t low = ink_ranked(counts, last / 20), high = ink_ranked(counts, last * 19 / 20);
    ink_count(view, counts);
    for (int32_t level = 0; level < 256; level++) {
        below += (uint32_t)ink_larger(low - level, 0) * counts[level];
        above += (uint32_t)ink_larger(level - high, 0) * counts[level];
    }
    const uint32_t more = below > above ? below : above, less = below > above ? above : below;
    int bright = below > above;
    if (!more || (more - 1) / INK_DECISIVE < less) {
        const uint8_t threshold = ink_otsu(counts);
        ink_count_border(view, counts);
        bright = ink_is_bright(view, counts, threshold);
    }
    view->inverted ^= bright ? 0 : 255;
}
