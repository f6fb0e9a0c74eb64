/* The ink alone: paper 0, ink up to 255; pilgi/ink/paper.py, lift. */
#include "steps.h"

#define INK_FAINT 64

/* What a level becomes between the paper's and the ink's: what is faint is paper. */
static uint8_t ink_stretched(int32_t level, int32_t paper, int32_t ink)
{
    if (level <= paper)
        return 0;
    const uint32_t above = (uint32_t)(ink_smaller(level, ink) - paper);
    const uint32_t found = ink_divide(255 * above, (uint32_t)(ink - paper));
    return (uint8_t)(found < INK_FAINT ? 0 : found);
}

INK_LOCAL void ink_lift(pilgi_ink_view *view, ink_work *work)
{
    ink_plane *plane = &work->plane;
    uint32_t *counts = work->counts;
    view->inverted ^= 255;
    ink_count(view, counts);
    const uint8_t threshold = ink_otsu(counts);
    const uint32_t dim = ink_total(counts, 0, threshold);
    const uint32_t bright = ink_total(counts, threshold + 1, 255);
    int32_t paper = 255, ink = 255;
    if (dim && bright) {
        paper = ink_ranked(counts, (dim - 1) / 2);
        ink = ink_ranked(counts, dim + (bright - 1) * 3 / 4);
    }
    if (ink - paper < INK_FAINTEST)
        paper = 255; /* blank: nothing is above */
    plane->height = view->height;
    plane->width = plane->down = view->width;
    for (int32_t row = 0; row < view->height; row++)
        for (int32_t column = 0; column < view->width; column++)
            plane->pixels[ink_place(plane, row, column)] =
                ink_stretched(pilgi_ink_at(view, row, column), paper, ink);
    ink_see(view, plane);
}
