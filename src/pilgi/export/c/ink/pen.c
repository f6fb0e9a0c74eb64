/* Lines too thin to survive the scaling are made wider; pilgi/ink/pen.py. */
#include "steps.h"

#define INK_SOLID 128

/* Whether that place is solid; outside the view is paper. */
static uint32_t ink_is_solid(const pilgi_ink_view *ink, int32_t row, int32_t column)
{
    return ink_within(row, ink->height) && ink_within(column, ink->width) &&
           pilgi_ink_at(ink, row, column) >= INK_SOLID;
}

/* Solid pixels, and borders between them and others. */
static void ink_area_and_edge(const pilgi_ink_view *ink, uint32_t *area, uint32_t *edge)
{
    for (int32_t row = 0; row <= ink->height; row++)
        for (int32_t column = 0; column <= ink->width; column++) {
            const uint32_t solid = ink_is_solid(ink, row, column);
            *area += solid;
            *edge += solid ^ ink_is_solid(ink, row - 1, column);
            *edge += solid ^ ink_is_solid(ink, row, column - 1);
        }
}

/* By how many pixels the pen is widened, at most a 40th of `side`: 0 where it is wide enough.
 * final: pixels that `side` of them will be. */
static int32_t ink_radius(const pilgi_ink_view *ink, int32_t final, int32_t side)
{
    uint32_t area = 0, edge = 0;
    int32_t radius = 0;
    ink_area_and_edge(ink, &area, &edge);
    const uint64_t width = (uint64_t)(uint32_t)(56 * final) * area;
    const uint64_t unit = (uint64_t)(uint32_t)(11 * side) * edge;
    const uint64_t step = (uint64_t)(uint32_t)(44 * final) * edge;
    if (width >= unit)
        return 0;
    for (uint64_t left = 2 * unit - width; left >= step; left -= step)
        radius++;
    return radius;
}

/* The brightest within the disc around a pixel of the view or near it. */
static uint8_t ink_dilated(const pilgi_ink_view *ink, int32_t row, int32_t column, int32_t radius)
{
    uint8_t most = 0;
    const int32_t top = ink_larger(row - radius, 0), left = ink_larger(column - radius, 0);
    for (int32_t y = top; y <= row + radius && y < ink->height; y++)
        for (int32_t x = left; x <= column + radius && x < ink->width; x++) {
            const int32_t down = y - row, right = x - column;
            const uint8_t level = pilgi_ink_at(ink, y, x);
            if (down * down + right * right <= radius * (radius + 1) && level > most)
                most = level;
        }
    return most;
}

/* The wider picture is written to the plane's beginning. The drawn one moves to the room's end
 * first, its last row before the others: that is never before where it lay, and each of its rows is
 * read before it is overwritten. */
static void ink_dilate(ink_work *work, pilgi_ink_view *drawn, int32_t radius)
{
    ink_plane *plane = &work->plane;
    uint8_t *moved = work->end;
    for (int32_t row = drawn->height - 1; row >= 0; row--) {
        moved -= drawn->width;
        memmove(moved, drawn->pixels + row * drawn->down, (size_t)drawn->width);
    }
    drawn->pixels = moved;
    drawn->down = drawn->width;
    plane->height = drawn->height + 2 * radius;
    plane->width = plane->down = drawn->width + 2 * radius;
    for (int32_t row = 0, at = 0; row < plane->height; row++)
        for (int32_t column = 0; column < plane->width; column++, at++)
            plane->pixels[at] = ink_dilated(drawn, row - radius, column - radius, radius);
}

/* final: the final size of the picture's longer side or, where `line`, of its height. */
INK_LOCAL void ink_widen(ink_work *work, int32_t final, int line)
{
    pilgi_ink_view drawn;
    ink_box box;
    ink_see(&drawn, &work->plane);
    if (!ink_bounds(&drawn, 0, &box))
        return;
    ink_cut(&drawn, &box);
    const int32_t side = line ? drawn.height : ink_larger(drawn.height, drawn.width);
    const int32_t radius = ink_radius(&drawn, final, side);
    if (radius)
        ink_dilate(work, &drawn, radius);
}
