/* Pictures of three or four channels; pilgi/ink/grey.py. */
#include "steps.h"

/* The largest difference of levels within a channel. */
static int32_t ink_contrast(const pilgi_ink_view *view)
{
    int32_t least = 255, most = 0;
    for (int32_t row = 0; row < view->height; row++)
        for (int32_t column = 0; column < view->width; column++) {
            const uint8_t level = pilgi_ink_at(view, row, column);
            least = ink_smaller(least, level);
            most = ink_larger(most, level);
        }
    return most - least;
}

/* Lay what is transparent over white, or over black where no channel would show it. */
static void ink_lay_over(ink_colour *colour)
{
    int32_t shown = 0;
    for (int at = 0; at < 3; at++)
        shown = ink_larger(shown, ink_contrast(&colour->channels[at]));
    for (int at = 0; at < 3; at++)
        colour->channels[at].white = shown < INK_FAINTEST ? 0 : 255;
}

/* Whether red, green and blue differ somewhere. */
static int ink_differ(const ink_colour *colour)
{
    const pilgi_ink_view *red = colour->channels;
    for (int32_t row = 0; row < red->height; row++)
        for (int32_t column = 0; column < red->width; column++) {
            const uint8_t level = pilgi_ink_at(red, row, column);
            if (level != pilgi_ink_at(red + 1, row, column) ||
                level != pilgi_ink_at(red + 2, row, column))
                return 1;
        }
    return 0;
}

/* Set the channels of a picture's pixels; return whether it has a colour: else each is it all. */
INK_LOCAL int ink_is_coloured(ink_colour *colour, const uint8_t *pixels, int32_t height,
                              int32_t width, int32_t channels)
{
    for (int at = 0; at < 3; at++) {
        const pilgi_ink_view view = {
            pixels + at, height, width, width * channels, channels, 0, 0, 255, 0};
        colour->channels[at] = view;
        colour->channels[at].alpha = (uint8_t)(channels == 4 ? 3 - at : 0);
    }
    if (channels == 4)
        ink_lay_over(colour);
    return ink_differ(colour);
}

/* Average each channel down to (height, width), into the planes after `reduced`. */
INK_LOCAL void ink_reduce_colour(ink_colour *colour, int32_t height, int32_t width,
                                 const ink_work *work)
{
    ink_plane made = {work->reduced, height, width, width, 1};
    for (int at = 0; at < 3; at++) {
        made.pixels += height * width;
        ink_resize(&colour->channels[at], made.pixels, height, width, work->sums);
        ink_see(&colour->channels[at], &made);
    }
}
