/* A digit without specks, a ring and what hangs in over the border; pilgi/ink/specks.py. */
#include "steps.h"

#define INK_SPECK 50

/* The box whose sides are longest together, and that of all other parts but specks; how high the
 * highest of the others is, and how high the highest part that does not touch the border. */
typedef struct {
    ink_box outer, others;
    int32_t sides, tallest, clear;
} ink_order;

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

static int32_t ink_height(const ink_box *box)
{
    return box->bottom - box->top + 1;
}

/* Add a part: either it or the one whose sides were longest goes to the others. */
static void ink_arrange(ink_order *order, ink_box box)
{
    const int32_t sides = box.bottom - box.top + box.right - box.left + 2;
    ink_box *others = &order->others;
    if (sides > order->sides) {
        const ink_box smaller = order->outer;
        order->outer = box;
        order->sides = sides;
        box = smaller;
    }
    others->top = ink_smaller(others->top, box.top);
    others->left = ink_smaller(others->left, box.left);
    others->bottom = ink_larger(others->bottom, box.bottom);
    others->right = ink_larger(others->right, box.right);
    order->tallest = ink_larger(order->tallest, ink_height(&box));
}

/* Whether all other parts lie inside the box of one. */
static int ink_is_around(const ink_order *order)
{
    const ink_box *outer = &order->outer, *others = &order->others;
    return order->tallest && others->top > outer->top && others->left > outer->left &&
           others->bottom < outer->bottom && others->right < outer->right;
}

/* Whether that is no 0, and what it holds no dot. */
static int ink_is_ring(const ink_order *order)
{
    const int32_t height = ink_height(&order->outer);
    return 5 * (order->outer.right - order->outer.left + 1) >= 4 * height &&
           3 * order->tallest >= height;
}

/* Whether a part that does not touch the border is at least half as high as all ink. */
static int ink_stands(const ink_order *order)
{
    return 2 * order->clear > ink_larger(order->outer.bottom, order->others.bottom) -
                                  ink_smaller(order->outer.top, order->others.top);
}

INK_LOCAL void ink_without_specks(const ink_work *work)
{
    const ink_plane *plane = &work->plane;
    ink_order order = {{INT32_MAX, -1, INT32_MAX, -1}, {INT32_MAX, -1, INT32_MAX, -1}, 0, 0, 0};
    uint32_t all = 0, largest = 0;
    int outside = 0; /* whether one of the largest parts touches the border */
    ink_parts parts;
    for (int32_t at = 0; at < plane->height * plane->width; at++)
        all += plane->pixels[at];
    ink_mask(plane, ink_masked(work, INK_LEFT));
    for (ink_every_part(&parts, work, plane); ink_next_part(&parts);) {
        const uint32_t mass = ink_mass(&parts, 0);
        const int touches = ink_is_outside(&parts);
        outside = touches ? outside || mass >= largest : outside && mass <= largest;
        largest = mass > largest ? mass : largest;
        if (INK_SPECK * mass < all)
            continue;
        if (!touches)
            order.clear = ink_larger(order.clear, ink_height(&parts.box));
        ink_arrange(&order, parts.box);
    }
    const int around = ink_is_around(&order), ring = around && ink_is_ring(&order);
    outside = outside && (around || !ink_stands(&order));
    ink_mask(plane, ink_masked(work, INK_LEFT));
    for (ink_every_part(&parts, work, plane); ink_next_part(&parts);)
        if (INK_SPECK * ink_mass(&parts, 0) < all || (!outside && ink_is_outside(&parts)) ||
            (ring && parts.box.top == order.outer.top))
            ink_mass(&parts, 1);
}
