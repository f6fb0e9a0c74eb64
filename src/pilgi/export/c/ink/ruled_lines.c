/* A digit without ruled lines, squares and frames; pilgi/ink/ruled_lines.py, without_rules. */
#include "steps.h"

#define INK_THICKEST 20
#define INK_PARALLEL 3
#define INK_FRAME 2

/* One way that rules lie: as the plane does, or turned. */
typedef struct {
    ink_plane plane;
    int32_t ends[2]; /* the first and last column of the ink that is no band */
} ink_way;

/* Put a way's rules into the mask INK_SECOND where they are thin and, of the second way, where they
 * cross the first's, whose pixels are the mask INK_FIRST. median: of the other ink's levels. */
static void ink_take_rules(const ink_work *work, const ink_way *way, int second, int all,
                           int32_t median)
{
    uint8_t *first = ink_masked(work, INK_FIRST), *gone = ink_masked(work, INK_SECOND);
    ink_bands bands;
    ink_every_band(&bands, work, &way->plane, INK_THICKEST);
    while (ink_next_band(&bands)) {
        if (!ink_overhangs(&bands, way->ends) || !(all || ink_is_paler(&bands, median)))
            continue;
        for (int32_t at = 0; at < work->mask; at++)
            if (second)
                gone[at] |= first[at] & bands.parts.part[at];
            else
                first[at] |= bands.parts.part[at];
        ink_thin(&bands, gone, 255);
    }
}

/* How many of a way's bands reach beyond the other ink. */
static int32_t ink_across(const ink_work *work, ink_way *way)
{
    int32_t across = 0;
    ink_bands bands;
    ink_find_ends(work, &way->plane, way->ends);
    ink_every_band(&bands, work, &way->plane, INK_THICKEST);
    while (ink_next_band(&bands))
        across += ink_overhangs(&bands, way->ends);
    return across;
}

INK_LOCAL void ink_without_rules(const ink_work *work)
{
    const ink_plane plane = work->plane;
    ink_way ways[2] = {{plane, {0, 0}}, {ink_turned(&plane), {0, 0}}};
    uint8_t *rest = ink_masked(work, INK_FIRST), *gone = ink_masked(work, INK_SECOND);
    int found = 0;
    ink_mask(&plane, rest);
    for (int way = 0; way < 2; way++)
        found |= ink_part_bands(work, &ways[way].plane, INK_THICKEST);
    if (!found)
        return;
    const int32_t across = ink_across(work, &ways[0]), down = ink_across(work, &ways[1]);
    const int32_t median = ink_median_of_rest(work);
    const int frame = across >= INK_FRAME && down >= INK_FRAME;
    memset(rest, 0, (size_t)work->mask);
    memset(gone, 0, (size_t)work->mask);
    ink_take_rules(work, &ways[0], 0, frame || across >= INK_PARALLEL, median);
    ink_take_rules(work, &ways[1], 1, frame || down >= INK_PARALLEL, median);
    ink_erase(&plane, gone);
}
