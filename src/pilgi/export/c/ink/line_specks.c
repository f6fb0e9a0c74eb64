/* A line of digits without specks and what hangs in from its neighbours; pilgi/ink/specks.py,
 * without_line_specks. */
#include "steps.h"

#define INK_LINE_SPECK 6

static int ink_is_foreign(const ink_parts *parts, int32_t tall)
{
    const ink_box *box = &parts->box;
    const int32_t height = box->bottom + 1 - box->top, width = box->right + 1 - box->left;
    const int32_t whole = parts->plane->height;
    const int outer = 4 * height < whole && width < 2 * height;
    return INK_LINE_SPECK * ink_larger(height, width) < tall ||
           (outer && (!box->top || box->bottom + 1 == whole));
}

INK_LOCAL void ink_without_line_specks(const ink_work *work)
{
    const ink_plane *plane = &work->plane;
    pilgi_ink_view view;
    uint8_t *gone = ink_masked(work, INK_SECOND);
    ink_parts parts;
    ink_box box;
    ink_see(&view, plane);
    ink_bounds(&view, 0, &box);
    memset(gone, 0, (size_t)work->mask);
    ink_mask(plane, ink_masked(work, INK_LEFT));
    for (ink_every_part(&parts, work, plane); ink_next_part(&parts);) {
        if (!ink_is_foreign(&parts, box.bottom + 1 - box.top))
            continue;
        for (int32_t row = parts.box.top; row <= parts.box.bottom; row++)
            for (int32_t column = parts.box.left; column <= parts.box.right; column++) {
                const int32_t at = ink_place(plane, row, column);
                ink_put(gone, at, ink_has(gone, at) | ink_has(parts.part, at));
            }
    }
    ink_erase(plane, gone);
}
