/* Any grey picture of one character -> 28x28 ink; pilgi/ink/pictures.py. */
#include "steps.h"

#define INK_BLACK 8

/* Whether at least a quarter of its border is black, as MNIST's is: 27 of 108 pixels. */
static int ink_has_black_paper(const pilgi_ink_view *view, uint32_t *counts)
{
    ink_count_border(view, counts);
    return ink_total(counts, 0, INK_BLACK) >= PILGI_INK_SIDE - 1;
}

/* At most 160 a side: averaging takes the grain out of photos. */
INK_LOCAL void ink_reduce(pilgi_ink_view *view, const ink_work *work)
{
    const int32_t longer = ink_larger(view->height, view->width);
    if (longer <= INK_WORKING_SIDE)
        return;
    const int32_t height = ink_larger(1, ink_part_of(view->height * INK_WORKING_SIDE, longer));
    const int32_t width = ink_larger(1, ink_part_of(view->width * INK_WORKING_SIDE, longer));
    const ink_plane made = {work->reduced, height, width, width, 1};
    ink_resize(view, work->reduced, height, width, work->sums);
    ink_see(view, &made);
}

/* Crop, scale and centre; what is blank has no box. */
static void ink_finish(pilgi_ink_view *view, const ink_work *work, uint8_t *ink)
{
    ink_plane scaled = {ink, 0, 0, 0, 1};
    ink_box box = {0, -1, 0, -1};
    ink_bounds(view, 0, &box);
    ink_cut(view, &box);
    ink_show("crop", view);
    if (view->height)
        ink_scale(view, &scaled, work->sums);
    ink_show_made("scale", ink, scaled.height, scaled.width);
    ink_centre(&scaled);
}

/* All steps but the first, which makes a picture grey. */
INK_LOCAL void ink_from_view(pilgi_ink_view *view, ink_work *work, uint8_t *ink)
{
    ink_darken(view, work->counts);
    ink_show("polarity", view);
    ink_without_margin(view, work->counts);
    ink_show("margin", view);
    ink_reduce(view, work);
    ink_show("reduce", view);
    ink_even_light(view, ink_larger(view->height, view->width), work);
    ink_show("light", view);
    ink_lift(view, work);
    ink_show("threshold", view);
    ink_without_rules(work);
    ink_show("rules", view);
    ink_without_specks(work);
    ink_show("specks", view);
    ink_widen(work, 20, 0);
    ink_see(view, &work->plane);
    ink_show("pen", view);
    ink_finish(view, work, ink);
    ink_show_made("centre", ink, PILGI_INK_SIDE, PILGI_INK_SIDE);
}

/* What is grey at once: ink, once noise and stripes are out of it, or a picture to work on. */
INK_LOCAL void ink_from_grey_view(pilgi_ink_view *view, ink_work *work, uint8_t *ink)
{
    ink_show("grey", view);
    if (view->height == PILGI_INK_SIDE && view->width == PILGI_INK_SIDE) {
        ink_without_noise(view, ink);
        ink_without_stripes(ink);
        if (ink_has_black_paper(view, work->counts))
            return;
    }
    ink_from_view(view, work, ink);
}

/* A grey digit: its own size or, where it is larger than the working one, two planes of that. */
INK_LOCAL ink_needs ink_digit_needs(int32_t height, int32_t width)
{
    const int32_t longer = ink_larger(height, width), side = INK_WORKING_SIDE;
    const int large = longer > side;
    const ink_needs needs = {256, large ? side : height, large ? side : width, large,
                             large ? side / 40 : ink_part_of(longer, 40)};
    return needs;
}

int pilgi_ink_from_grey(const uint8_t *grey, int32_t height, int32_t width, uint32_t *words,
                        size_t count, uint8_t ink[784])
{
    pilgi_ink_view view = {grey, height, width, width, 1, 0, 0, 0, 0};
    const ink_needs needs = ink_digit_needs(height, width);
    const int refused = ink_fits(height, width);
    ink_work work;
    if (refused)
        return refused;
    if (ink_lay_out(&work, words, &needs) > count)
        return PILGI_INK_NO_ROOM;
    ink_from_grey_view(&view, &work, ink);
    return PILGI_INK_OK;
}
