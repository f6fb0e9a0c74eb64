/* Ink in MNIST's size and place; pilgi/ink/geometry.py. */
#include "steps.h"

#define INK_BOX 20
#define INK_CENTRE 14

/* Scale cropped ink so that its longer side is 20 and its brightest value 255, into the first
 * height * width bytes of ink. sums: 20 words. */
INK_LOCAL void ink_scale(const pilgi_ink_view *drawn, ink_plane *scaled, uint32_t *sums)
{
    const int32_t longer = ink_larger(drawn->height, drawn->width);
    const uint32_t tall = ink_divide(INK_BOX * (uint32_t)drawn->height, (uint32_t)longer);
    const uint32_t wide = ink_divide(INK_BOX * (uint32_t)drawn->width, (uint32_t)longer);
    scaled->height = ink_larger(1, (int32_t)tall);
    scaled->width = scaled->down = ink_larger(1, (int32_t)wide);
    scaled->right = 1;
    ink_resize(drawn, scaled->pixels, scaled->height, scaled->width, sums);
    ink_brighten(scaled->pixels, scaled->height * scaled->width);
}

/* Where a box of that length starts so that its centre of mass, rounded, lies at 14. */
static int32_t ink_start(const ink_plane *scaled, int by_rows)
{
    uint32_t mass = 0, moment = 0;
    for (int32_t row = 0; row < scaled->height; row++)
        for (int32_t column = 0; column < scaled->width; column++) {
            const uint32_t level = scaled->pixels[ink_place(scaled, row, column)];
            mass += level;
            moment += level * (uint32_t)(by_rows ? row : column);
        }
    const int32_t middle = mass ? (int32_t)ink_divide(moment, mass) : 0;
    const int32_t last = PILGI_INK_SIDE - (by_rows ? scaled->height : scaled->width);
    return ink_smaller(ink_larger(INK_CENTRE - middle, 0), last);
}

INK_LOCAL void ink_centre(const ink_plane *scaled)
{
    const ink_plane ink = {scaled->pixels, PILGI_INK_SIDE, PILGI_INK_SIDE, PILGI_INK_SIDE, 1};
    ink_move(scaled, &ink, ink_start(scaled, 1), ink_start(scaled, 0));
}
