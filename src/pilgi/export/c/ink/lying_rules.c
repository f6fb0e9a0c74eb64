/* A line of digits without the ruled lines it stands on; pilgi/ink/ruled_lines.py,
 * without_lying_rules. */
#include "steps.h"

#define INK_LINE_THICKEST 10
#define INK_SIDES 32
#define INK_CLEARLY 32

/* Whether the band begins and ends within a 32nd of the width from the sides. */
static int ink_reaches_sides(const ink_bands *bands)
{
    const int32_t width = bands->parts.plane->width, margin = width / INK_SIDES;
    return bands->first <= margin && bands->last + 1 + margin >= width;
}

/* The median of the columns where the band is as thin as a rule: no stroke is there. */
static int32_t ink_own_level(const ink_bands *bands)
{
    const ink_plane *plane = bands->parts.plane;
    uint32_t found = 0;
    memset(bands->counts, 0, 256 * sizeof *bands->counts);
    for (int32_t column = bands->first; column <= bands->last; column++) {
        if ((int32_t)ink_in_column(plane, bands->parts.part, column) > bands->thickness)
            continue;
        for (int32_t row = 0; row < plane->height; row++) {
            const int32_t at = ink_place(plane, row, column);
            if (!ink_has(bands->parts.part, at))
                continue;
            bands->counts[plane->pixels[at]]++;
            found++;
        }
    }
    return ink_ranked(bands->counts, found / 2);
}

/* What is nearer to 255 than to the rule's own level, and clearly above it, is drawn over it and
 * stays. A picture so narrow that it may show one digit has paler rules only. */
INK_LOCAL void ink_without_lying_rules(const ink_work *work)
{
    const ink_plane *plane = &work->plane;
    const int narrow = 2 * plane->width < 3 * plane->height;
    uint8_t *gone = ink_masked(work, INK_SECOND);
    int32_t ends[2];
    ink_bands bands;
    ink_mask(plane, ink_masked(work, INK_FIRST));
    if (!ink_part_bands(work, plane, INK_LINE_THICKEST))
        return;
    ink_find_ends(work, plane, ends);
    const int32_t median = ink_median_of_rest(work);
    memset(gone, 0, (size_t)work->mask);
    ink_every_band(&bands, work, plane, INK_LINE_THICKEST);
    while (ink_next_band(&bands)) {
        if (!ink_reaches_sides(&bands) && !ink_overhangs(&bands, ends))
            continue;
        if (narrow && !ink_is_paler(&bands, median))
            continue;
        const int32_t level = ink_own_level(&bands);
        ink_thin(&bands, gone, ink_larger((255 + level) / 2, level + INK_CLEARLY));
    }
    ink_erase(plane, gone);
}
