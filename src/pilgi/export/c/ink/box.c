/* Boxes of pixels. */
#include "steps.h"

/* PILGI_INK_OK where sums over a picture of that size stay below 2^32. */
INK_LOCAL int ink_fits(int32_t height, int32_t width)
{
    if (height < 1 || width < 1)
        return PILGI_INK_EMPTY;
    if (height > 65535 || width > 65535 || height > ink_part_of(PILGI_INK_MOST, width))
        return PILGI_INK_TOO_LARGE;
    return PILGI_INK_OK;
}

INK_LOCAL void ink_see(pilgi_ink_view *view, const ink_plane *plane)
{
    memset(view, 0, sizeof *view);
    view->pixels = plane->pixels;
    view->height = plane->height;
    view->width = plane->width;
    view->down = plane->down;
    view->right = plane->right;
}

/* The smallest box of all pixels brighter than `above`; 0, and a box without pixels, where there is
 * none. */
INK_LOCAL int ink_bounds(const pilgi_ink_view *view, uint8_t above, ink_box *box)
{
    const ink_box none = {0, -1, 0, -1};
    *box = none;
    for (int32_t row = 0; row < view->height; row++)
        for (int32_t column = 0; column < view->width; column++) {
            if (pilgi_ink_at(view, row, column) <= above)
                continue;
            if (box->bottom < 0) {
                box->top = row;
                box->left = column;
            }
            box->bottom = row;
            box->left = ink_smaller(box->left, column);
            box->right = ink_larger(box->right, column);
        }
    return box->bottom >= 0;
}

INK_LOCAL void ink_cut(pilgi_ink_view *view, const ink_box *box)
{
    view->pixels += box->top * view->down + box->left * view->right;
    view->height = box->bottom + 1 - box->top;
    view->width = box->right + 1 - box->left;
}
