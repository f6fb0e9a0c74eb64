/* Any colour picture of one line of digits -> line ink; pilgi/ink/text_line.py. */
#include "steps.h"

static int32_t ink_line_from_colour(ink_colour *colour, ink_work *work, uint8_t *ink)
{
    const int32_t width = colour->channels->width, height = colour->channels->height;
    const int32_t most = INK_WORKING_HEIGHT;
    pilgi_ink_view view;
    if (height > most)
        ink_reduce_colour(colour, most, ink_larger(1, width * most / height), work);
    ink_clearest(colour, &view, colour->channels->height, work);
    return ink_from_line_view(&view, work, ink);
}

int pilgi_line_from_colour(const uint8_t *pixels, int32_t height, int32_t width, int32_t channels,
                           uint32_t *words, size_t count, uint8_t *ink, int32_t *columns)
{
    ink_needs needs = ink_line_needs(height, width);
    const int refused = ink_fits(height, width);
    ink_colour colour;
    ink_work work;
    if (refused)
        return refused;
    needs.planes = needs.planes ? 4 : 1;
    if (ink_lay_out(&work, words, &needs) > count)
        return PILGI_INK_NO_ROOM;
    *columns = ink_is_coloured(&colour, pixels, height, width, channels)
                   ? ink_line_from_colour(&colour, &work, ink)
                   : ink_from_line_view(&colour.channels[0], &work, ink);
    return PILGI_INK_OK;
}
