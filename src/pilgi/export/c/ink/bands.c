/* Long lying bands, of which ruled lines are some; pilgi/ink/ruled_lines.py. */
#include "steps.h"

#define INK_GAP 16
#define INK_RUN 5

/* In each row a bit is set where one, or where every, bit of its window is; the window begins
 * length / 2 before it. What lies outside the plane does not count. */
static void ink_slide(const ink_plane *plane, uint8_t *mask, uint8_t *line, int32_t length,
                      int every)
{
    const int32_t width = plane->width, before = length / 2, after = length - 1 - before;
    for (int32_t row = 0; row < plane->height; row++) {
        int32_t set = 0;
        for (int32_t column = 0; column < width; column++) {
            line[column] = (uint8_t)ink_has(mask, ink_place(plane, row, column));
            set += column < after ? line[column] : 0;
        }
        for (int32_t column = 0; column < width; column++) {
            const int32_t first = ink_larger(column - before, 0);
            const int32_t last = ink_smaller(column + after, width - 1);
            set += column + after < width ? line[column + after] : 0;
            ink_put(mask, ink_place(plane, row, column), every ? set == last + 1 - first : set > 0);
            set -= column >= before ? line[first] : 0;
        }
    }
}

/* A faint line has gaps; a tilted one is a stair of short runs, longer when drawn thicker. */
INK_LOCAL void ink_every_band(ink_bands *bands, const ink_work *work, const ink_plane *plane,
                              int32_t thickest)
{
    const ink_plane turned = ink_turned(plane);
    const int32_t gap = ink_larger(3, ink_part_of(plane->width, INK_GAP));
    const int32_t run = ink_larger(3, ink_part_of(plane->width, INK_RUN));
    uint8_t *left = ink_masked(work, INK_LEFT);
    ink_mask(plane, left);
    ink_slide(plane, left, work->line, gap, 0);
    ink_slide(plane, left, work->line, gap, 1);
    ink_slide(&turned, left, work->line, 3, 0);
    ink_slide(plane, left, work->line, run, 1);
    ink_slide(plane, left, work->line, run, 0);
    ink_every_part(&bands->parts, work, plane);
    bands->counts = work->counts;
    bands->thickest = thickest;
}

/* How many of the mask's pixels a column has. */
INK_LOCAL uint32_t ink_in_column(const ink_plane *plane, const uint8_t *mask, int32_t column)
{
    uint32_t found = 0;
    for (int32_t row = 0; row < plane->height; row++)
        found += (uint32_t)ink_has(mask, ink_place(plane, row, column));
    return found;
}

/* The first column, from there on, that has any; the one beyond the plane where none has. */
static int32_t ink_first(const ink_plane *plane, const uint8_t *mask, int32_t from, int32_t step)
{
    while (ink_within(from, plane->width) && !ink_in_column(plane, mask, from))
        from += step;
    return from;
}

/* Leave the part's ink alone. Its thickness is the lower quartile of the columns' pixels, where
 * there are any: a digit's bar beside a rule makes one thick band with it. */
static void ink_measure(ink_bands *bands)
{
    const ink_plane *plane = bands->parts.plane;
    uint8_t *band = bands->parts.part;
    uint32_t columns = 0;
    for (int32_t at = 0; at < plane->height * plane->width; at++)
        if (!plane->pixels[at])
            ink_put(band, at, 0);
    bands->first = ink_first(plane, band, 0, 1);
    bands->last = ink_first(plane, band, plane->width - 1, -1);
    memset(bands->counts, 0, 256 * sizeof *bands->counts);
    for (int32_t column = bands->first; column <= bands->last; column++) {
        const uint32_t found = ink_in_column(plane, band, column);
        bands->counts[found]++;
        columns += found > 0;
    }
    bands->counts[0] = 0;
    bands->thickness = columns ? ink_ranked(bands->counts, columns / 4) : 0;
}

/* The next part that spans three quarters of the plane and is thin; 0 where there is none. */
INK_LOCAL int ink_next_band(ink_bands *bands)
{
    const ink_plane *plane = bands->parts.plane;
    while (ink_next_part(&bands->parts)) {
        ink_measure(bands);
        if (4 * (bands->last + 1 - bands->first) >= 3 * plane->width &&
            bands->thickest * bands->thickness <= plane->height)
            return 1;
    }
    return 0;
}

/* Count the levels of a mask's pixels. */
static uint32_t ink_count_mask(const ink_plane *plane, const uint8_t *mask, uint32_t *counts)
{
    uint32_t found = 0;
    memset(counts, 0, 256 * sizeof *counts);
    for (int32_t at = 0; at < plane->height * plane->width; at++)
        if (ink_has(mask, at)) {
            counts[plane->pixels[at]]++;
            found++;
        }
    return found;
}

/* Take a plane's bands out of the mask INK_FIRST; return whether there are any. */
INK_LOCAL int ink_part_bands(const ink_work *work, const ink_plane *plane, int32_t thickest)
{
    uint8_t *rest = ink_masked(work, INK_FIRST);
    ink_bands bands;
    int found = 0;
    ink_every_band(&bands, work, plane, thickest);
    for (; ink_next_band(&bands); found = 1)
        for (int32_t at = 0; at < work->mask; at++)
            rest[at] &= (uint8_t)~bands.parts.part[at];
    return found;
}

/* Set the first and the last column of the mask INK_FIRST. */
INK_LOCAL void ink_find_ends(const ink_work *work, const ink_plane *plane, int32_t *ends)
{
    ends[0] = ink_first(plane, ink_masked(work, INK_FIRST), 0, 1);
    ends[1] = ink_first(plane, ink_masked(work, INK_FIRST), plane->width - 1, -1);
}

/* The middle of the levels of the pixels in the mask INK_FIRST; 0 where there are none. */
INK_LOCAL int32_t ink_median_of_rest(const ink_work *work)
{
    const uint8_t *rest = ink_masked(work, INK_FIRST);
    const uint32_t found = ink_count_mask(&work->plane, rest, work->counts);
    return found ? ink_ranked(work->counts, found / 2) : 0;
}

/* Whether the band reaches beyond the other ink's first and last column by a 16th of the width. */
INK_LOCAL int ink_overhangs(const ink_bands *bands, const int32_t *ends)
{
    const int32_t overhang = bands->parts.plane->width / 16;
    return bands->first + overhang <= ends[0] && ends[1] + overhang <= bands->last;
}

/* Whether the band's median is at most three quarters of the other ink's; 0: there is none. */
INK_LOCAL int ink_is_paler(const ink_bands *bands, int32_t median)
{
    const uint32_t found =
        ink_count_mask(bands->parts.plane, bands->parts.part, bands->counts);
    return median && 4 * ink_ranked(bands->counts, found / 2) <= 3 * median;
}

/* Put those pixels of the band into the mask `gone` where the ink is about as thick as the band,
 * but for those above `most`. In a run of ink too long for it the pixels stay, all or, where that
 * length is even, all but the first: an opening's window of even length lies off its middle. */
INK_LOCAL void ink_thin(const ink_bands *bands, uint8_t *gone, int32_t most)
{
    const ink_plane *plane = bands->parts.plane;
    const int32_t length = ink_larger(3, (bands->thickness * 3 >> 1) + 2);
    for (int32_t column = bands->first; column <= bands->last; column++)
        for (int32_t row = 0, end; row < plane->height; row = end + 1) {
            for (end = row; end < plane->height && plane->pixels[ink_place(plane, end, column)];)
                end++;
            const int32_t thin = end - row < length ? end : row + !(length & 1);
            for (int32_t y = row; y < thin; y++) {
                const int32_t at = ink_place(plane, y, column);
                if (ink_has(bands->parts.part, at) && plane->pixels[at] <= most)
                    ink_put(gone, at, 1);
            }
        }
}

/* Take a mask's pixels out of the ink, unless that leaves none. */
INK_LOCAL void ink_erase(const ink_plane *plane, const uint8_t *gone)
{
    const int32_t count = plane->height * plane->width;
    int32_t at = 0;
    while (at < count && (!plane->pixels[at] || ink_has(gone, at)))
        at++;
    for (int32_t each = 0; at < count && each < count; each++)
        if (ink_has(gone, each))
            plane->pixels[each] = 0;
}
