/* Slopes and shadows divided out; pilgi/ink/paper.py, even_light. */
#include "steps.h"

#define INK_UNEVEN 16

/* Whether the deciles of the border's levels lie 16 or more apart. */
static int ink_is_uneven(const pilgi_ink_view *view, uint32_t *counts)
{
    ink_count_border(view, counts);
    const uint32_t last = ink_total(counts, 0, 255) - 1;
    return ink_ranked(counts, last * 9 / 10) - ink_ranked(counts, last / 10) >= INK_UNEVEN;
}

static int32_t ink_inside(int32_t at, int32_t side)
{
    return ink_smaller(ink_larger(at, 0), side - 1);
}

/* Of a pixel and its eight neighbours the one at that place of the sorted list, from 0: 4 is their
 * median. The nearest pixel stands for those outside. */
INK_LOCAL uint8_t ink_of_nine(const pilgi_ink_view *view, int32_t row, int32_t column, int rank)
{
    uint8_t sorted[9];
    int32_t count = 0;
    for (int32_t y = row - 1; y <= row + 1; y++)
        for (int32_t x = column - 1; x <= column + 1; x++) {
            const int32_t down = ink_inside(y, view->height), right = ink_inside(x, view->width);
            const uint8_t level = pilgi_ink_at(view, down, right);
            int32_t place = count++;
            for (; place && sorted[place - 1] > level; place--)
                sorted[place] = sorted[place - 1];
            sorted[place] = level;
        }
    return sorted[rank];
}

/* Each row's pixels become the largest within `reach`, those of ~pixel where it is inverted. */
static void ink_spread(const ink_plane *plane, uint8_t *line, int32_t reach, uint8_t inverted)
{
    for (int32_t row = 0; row < plane->height; row++) {
        for (int32_t column = 0; column < plane->width; column++)
            line[column] = plane->pixels[ink_place(plane, row, column)] ^ inverted;
        for (int32_t column = 0; column < plane->width; column++) {
            const int32_t last = ink_smaller(column + reach, plane->width - 1);
            uint8_t most = 0;
            for (int32_t at = ink_larger(column - reach, 0); at <= last; at++)
                most = line[at] > most ? line[at] : most;
            plane->pixels[ink_place(plane, row, column)] = most ^ inverted;
        }
    }
}

/* The paper's level: the brightest of the medians nearby, then the darkest of these. */
static void ink_paper(const pilgi_ink_view *view, int32_t reach, const ink_work *work)
{
    const ink_plane *plane = &work->plane;
    const ink_plane turned = ink_turned(plane);
    for (int32_t row = 0; row < view->height; row++)
        for (int32_t column = 0; column < view->width; column++)
            plane->pixels[ink_place(plane, row, column)] = ink_of_nine(view, row, column, 4);
    for (int32_t way = 0; way < 4; way++)
        ink_spread(way & 1 ? &turned : plane, work->line, reach, way & 2 ? 255 : 0);
}

/* extent: no stroke is wider than a third of it. */
INK_LOCAL void ink_even_light(pilgi_ink_view *view, int32_t extent, ink_work *work)
{
    ink_plane *plane = &work->plane;
    pilgi_ink_view level;
    if (!ink_is_uneven(view, work->counts))
        return;
    plane->height = view->height;
    plane->width = plane->down = view->width;
    ink_paper(view, (ink_part_of(extent, 3) | 1) >> 1, work);
    ink_see(&level, plane);
    if (!ink_is_uneven(&level, work->counts))
        return;
    for (int32_t row = 0; row < view->height; row++)
        for (int32_t column = 0; column < view->width; column++) {
            uint8_t *pixel = plane->pixels + ink_place(plane, row, column);
            const uint32_t light = *pixel ? *pixel : 1;
            const uint32_t even = ink_divide(255u * pilgi_ink_at(view, row, column), light);
            *pixel = (uint8_t)(even > 255 ? 255 : even);
        }
    *view = level;
}
