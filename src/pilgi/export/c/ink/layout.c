/* Where the buffers of the steps lie in the caller's words. */
#include "steps.h"

/* Return how many words that takes: what the header's macros say. */
INK_LOCAL size_t ink_lay_out(ink_work *work, uint32_t *words, const ink_needs *needs)
{
    const int32_t height = needs->height, width = needs->width, pen = 2 * needs->pen;
    const int32_t pixels = height * width, widened = (height + pen) * (width + pen) + width;
    work->counts = work->sums = words;
    work->line = (uint8_t *)(words + needs->sums);
    work->reduced = work->line + ink_larger(height, width);
    work->plane.pixels = work->reduced + needs->planes * pixels;
    work->plane.right = 1;
    work->mask = ink_part_of(pixels + 7, 8);
    work->masks = work->plane.pixels + pixels;
    work->end = work->plane.pixels + ink_larger(widened, pixels + INK_MASKS * work->mask);
    return ((size_t)(work->end - (uint8_t *)words) + 3) / 4;
}
