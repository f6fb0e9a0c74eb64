/* Connected parts, eight neighbours each, without a stack: what touches the part is added, row by
 * row, downwards and upwards in turn, until nothing is. */
#include "steps.h"

INK_LOCAL void ink_every_part(ink_parts *parts, const ink_work *work, const ink_plane *plane)
{
    parts->plane = plane;
    parts->left = ink_masked(work, INK_LEFT);
    parts->part = ink_masked(work, INK_PART);
    parts->row = 0;
    parts->box.top = 0;
    parts->box.bottom = -1;
    memset(parts->part, 0, (size_t)work->mask);
}

/* The mask of all ink. */
INK_LOCAL void ink_mask(const ink_plane *plane, uint8_t *mask)
{
    const int32_t count = plane->height * plane->width;
    memset(mask, 0, (size_t)(count + 7) / 8);
    for (int32_t at = 0; at < count; at++)
        ink_put(mask, at, plane->pixels[at] > 0);
}

/* Whether a row or column lies in the plane, in a box or beside it. */
static int ink_is_beside(int32_t at, int32_t first, int32_t last, int32_t side)
{
    return ink_within(at, side) && at >= first - 1 && at <= last + 1;
}

static int ink_touches(const ink_parts *parts, int32_t row, int32_t column)
{
    const ink_plane *plane = parts->plane;
    for (int32_t y = row - 1; y <= row + 1; y++)
        for (int32_t x = column - 1; x <= column + 1; x++)
            if (ink_within(y, plane->height) && ink_within(x, plane->width) &&
                ink_has(parts->part, ink_place(plane, y, x)))
                return 1;
    return 0;
}

static void ink_take(ink_parts *parts, int32_t row, int32_t column)
{
    const int32_t at = ink_place(parts->plane, row, column);
    ink_box *box = &parts->box;
    ink_put(parts->left, at, 0);
    ink_put(parts->part, at, 1);
    box->top = ink_smaller(box->top, row);
    box->bottom = ink_larger(box->bottom, row);
    box->left = ink_smaller(box->left, column);
    box->right = ink_larger(box->right, column);
}

/* Add what touches the part in a row, from there on in one direction. */
static int ink_grow_along(ink_parts *parts, int32_t row, int32_t column, int32_t step)
{
    const ink_box *box = &parts->box;
    int grown = 0;
    for (; ink_is_beside(column, box->left, box->right, parts->plane->width); column += step) {
        if (!ink_has(parts->left, ink_place(parts->plane, row, column)) ||
            !ink_touches(parts, row, column))
            continue;
        ink_take(parts, row, column);
        grown = 1;
    }
    return grown;
}

/* Add what touches it row by row, downwards or upwards, each to the right and to the left. */
static int ink_grow(ink_parts *parts, int32_t step)
{
    const ink_box *box = &parts->box;
    const int32_t last = parts->plane->width - 1;
    int grown = 0;
    int32_t row = step > 0 ? ink_larger(box->top - 1, 0)
                           : ink_smaller(box->bottom + 1, parts->plane->height - 1);
    for (; ink_is_beside(row, box->top, box->bottom, parts->plane->height); row += step) {
        grown |= ink_grow_along(parts, row, ink_larger(box->left - 1, 0), 1);
        grown |= ink_grow_along(parts, row, ink_smaller(box->right + 1, last), -1);
    }
    return grown;
}

/* Set the box to one pixel that is left, the next row by row; 0 where none is. */
static int ink_seed(ink_parts *parts)
{
    const ink_plane *plane = parts->plane;
    for (; parts->row < plane->height; parts->row++)
        for (int32_t column = 0; column < plane->width; column++)
            if (ink_has(parts->left, ink_place(plane, parts->row, column))) {
                const ink_box pixel = {parts->row, parts->row, column, column};
                parts->box = pixel;
                ink_take(parts, parts->row, column);
                return 1;
            }
    return 0;
}

/* The next part in the mask INK_PART instead of the last one; 0 where there is none. */
INK_LOCAL int ink_next_part(ink_parts *parts)
{
    const ink_box *box = &parts->box;
    for (int32_t row = box->top; row <= box->bottom; row++)
        for (int32_t column = box->left; column <= box->right; column++)
            ink_put(parts->part, ink_place(parts->plane, row, column), 0);
    if (!ink_seed(parts))
        return 0;
    for (int32_t step = 1, still = 0; still < 2; step = -step)
        still = ink_grow(parts, step) ? 0 : still + 1;
    return 1;
}
