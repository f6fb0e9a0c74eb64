/* Any colour picture of one character -> 28x28 ink; pilgi/ink/pictures.py. */
#include "steps.h"

/* What a grey one needs, and planes for the clearest channel and for three reduced ones. */
static ink_needs ink_colour_needs(int32_t height, int32_t width)
{
    ink_needs needs = ink_digit_needs(height, width);
    needs.planes = needs.planes ? 4 : 1;
    return needs;
}

static void ink_from_colour(ink_colour *colour, ink_work *work, uint8_t *ink)
{
    const int32_t height = colour->channels->height, width = colour->channels->width;
    const int32_t longer = ink_larger(height, width), side = INK_WORKING_SIDE;
    if (longer > side)
        ink_reduce_colour(colour, ink_larger(1, height * side / longer),
                          ink_larger(1, width * side / longer), work);
    const pilgi_ink_view *made = colour->channels;
    pilgi_ink_view view;
    ink_clearest(colour, &view, ink_larger(made->height, made->width), work);
    ink_show("grey", &view);
    ink_from_view(&view, work, ink);
}

int pilgi_ink_from_colour(const uint8_t *pixels, int32_t height, int32_t width, int32_t channels,
                          uint32_t *words, size_t count, uint8_t ink[784])
{
    const ink_needs needs = ink_colour_needs(height, width);
    const int refused = ink_fits(height, width);
    ink_colour colour;
    ink_work work;
    if (refused)
        return refused;
    if (ink_lay_out(&work, words, &needs) > count)
        return PILGI_INK_NO_ROOM;
    if (ink_is_coloured(&colour, pixels, height, width, channels))
        ink_from_colour(&colour, &work, ink);
    else
        ink_from_grey_view(&colour.channels[0], &work, ink);
    return PILGI_INK_OK;
}
