/* A digit without specks and what hangs in over the border; pilgi/ink/specks.py. */
#include "steps.h"

#define INK_SPECK 50

static int ink_is_outside(const ink_parts *parts)
{
    const ink_box *box = &parts->box;
    return !box->top || !box->left || box->bottom + 1 == parts->plane->height ||
           box->right + 1 == parts->plane->width;
}

/* The sum of the part's ink, which is taken out where `erased`. */
static uint32_t ink_mass(const ink_parts *parts, int erased)
{
    uint32_t mass = 0;
    for (int32_t row = parts->box.top; row <= parts->box.bottom; row++)
        for (int32_t column = parts->box.left; column <= parts->box.right; column++) {
            const int32_t at = ink_place(parts->plane, row, column);
            if (!ink_has(parts->part, at))
                continue;
            mass += parts->plane->pixels[at];
            if (erased)
                parts->plane->pixels[at] = 0;
        }
    return mass;
}

INK_LOCAL void ink_without_specks(const ink_work *work)
{
    uint32_t all = 0, largest = 0;
    int outside = 0; /* whether one of the largest parts touches the border */
    ink_parts parts;
    ink_mask(&work->plane, ink_masked(work, INK_LEFT));
    for (ink_every_part(&parts, work, &work->plane); ink_next_part(&parts);) {
        const uint32_t mass = ink_mass(&parts, 0);
        all += mass;
        outside = ink_is_outside(&parts) ? outside || mass >= largest : outside && mass <= largest;
        largest = mass > largest ? mass : largest;
    }
    ink_mask(&work->plane, ink_masked(work, INK_LEFT));
    for (ink_every_part(&parts, work, &work->plane); ink_next_part(&parts);)
        if (INK_SPECK * ink_mass(&parts, 0) < all || (!outside && ink_is_outside(&parts)))
            ink_mass(&parts, 1);
}
