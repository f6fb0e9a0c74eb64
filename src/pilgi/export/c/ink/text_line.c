/* Any grey picture of one line of digits -> line ink; pilgi/ink/text_line.py. */
#include "steps.h"

#define INK_TALL 28
#define INK_MARGIN 4
#define INK_NARROWEST 16
#define INK_WIDEST 1016

/* At most 96 high. */
static void ink_reduce_line(pilgi_ink_view *view, const ink_work *work)
{
    const int32_t height = INK_WORKING_HEIGHT;
    if (view->height <= height)
        return;
    const int32_t width = ink_larger(1, ink_part_of(view->width * height, view->height));
    const ink_plane made = {work->reduced, height, width, width, 1};
    ink_resize(view, work->reduced, height, width, work->sums);
    ink_see(view, &made);
}

/* The cropped ink 28 high, or as wide as may be. */
static void ink_scale_line(const pilgi_ink_view *drawn, ink_plane *scaled, uint32_t *sums)
{
    const uint32_t height = (uint32_t)drawn->height, width = (uint32_t)drawn->width;
    uint32_t tall = INK_TALL, wide = ink_divide(width * INK_TALL, height);
    if (wide > INK_WIDEST) {
        tall = ink_divide(height * INK_WIDEST, width);
        wide = INK_WIDEST;
    }
    scaled->height = ink_larger(1, (int32_t)tall);
    scaled->width = scaled->down = ink_larger(1, (int32_t)wide);
    ink_resize(drawn, scaled->pixels, scaled->height, scaled->width, sums);
    ink_brighten(scaled->pixels, scaled->height * scaled->width);
}

/* Move the scaled ink to the middle of its 32 rows; return their width. */
static int32_t ink_set_line(const ink_plane *scaled)
{
    const int32_t width = ink_larger(INK_NARROWEST, scaled->width + 2 * INK_MARGIN);
    const ink_plane line = {scaled->pixels, PILGI_LINE_HEIGHT, width, width, 1};
    ink_move(scaled, &line, (PILGI_LINE_HEIGHT - scaled->height) >> 1,
             (width - scaled->width) >> 1);
    return width;
}

/* Crop, scale and place; return the line's width. What is blank has no box. */
static int32_t ink_finish_line(pilgi_ink_view *view, const ink_work *work, uint8_t *ink)
{
    ink_plane scaled = {ink, 0, 0, 0, 1};
    ink_box box;
    ink_bounds(view, 0, &box);
    ink_cut(view, &box);
    ink_show("crop", view);
    if (view->height)
        ink_scale_line(view, &scaled, work->sums);
    ink_show_made("scale", ink, scaled.height, scaled.width);
    return ink_set_line(&scaled);
}

/* All steps but the first; return the line's width. */
INK_LOCAL int32_t ink_from_line_view(pilgi_ink_view *view, ink_work *work, uint8_t *ink)
{
    ink_show("grey", view);
    ink_darken(view, work->counts);
    ink_show("polarity", view);
    ink_without_margin(view, work->counts);
    ink_show("margin", view);
    ink_reduce_line(view, work);
    ink_show("reduce", view);
    ink_even_light(view, view->height, work);
    ink_show("light", view);
    ink_lift(view, work);
    ink_show("threshold", view);
    ink_without_lying_rules(work);
    ink_show("rules", view);
    ink_without_line_specks(work);
    ink_show("specks", view);
    ink_widen(work, INK_TALL, 1);
    ink_see(view, &work->plane);
    ink_show("pen", view);
    const int32_t width = ink_finish_line(view, work, ink);
    ink_show_made("place", ink, PILGI_LINE_HEIGHT, width);
    return width;
}

/* Margins may go above and below only, and the width stays as it is. A picture higher than 96 takes
 * a second plane. */
INK_LOCAL ink_needs ink_line_needs(int32_t height, int32_t width)
{
    const int high = height > INK_WORKING_HEIGHT;
    const ink_needs needs = {ink_larger(INK_WIDEST, width), high ? INK_WORKING_HEIGHT : height,
                             width, high, 1};
    return needs;
}

int pilgi_line_from_grey(const uint8_t *grey, int32_t height, int32_t width, uint32_t *words,
                         size_t count, uint8_t *ink, int32_t *columns)
{
    pilgi_ink_view view = {grey, height, width, width, 1, 0, 0, 0, 0};
    const ink_needs needs = ink_line_needs(height, width);
    const int refused = ink_fits(height, width);
    ink_work work;
    if (refused)
        return refused;
    if (ink_lay_out(&work, words, &needs) > count)
        return PILGI_INK_NO_ROOM;
    *columns = ink_from_line_view(&view, &work, ink);
    return PILGI_INK_OK;
}
