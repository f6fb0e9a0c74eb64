/* Salt and pepper taken out of a picture of 28x28; pilgi/ink/noise.py. */
#include "steps.h"

#define INK_GRAINS 8

/* Write the picture to `ink`, row after row, each pixel of 255 or 0 as the median of the nine
 * around it where `noisy`; else return how many are grains. A grain is on the other side of 128
 * than its eight neighbours: than the second of the nine, from its own side, and, looked at first,
 * than the pixel before it. On the border it is two of the nine, and none. */
static int32_t ink_write(const pilgi_ink_view *view, int noisy, uint8_t *ink)
{
    int32_t grains = 0;
    uint8_t level = 0;
    for (int32_t row = 0; row < PILGI_INK_SIDE; row++)
        for (int32_t column = 0; column < PILGI_INK_SIDE; column++, ink++) {
            const uint8_t before = level;
            level = *ink = pilgi_ink_at(view, row, column);
            if (level && level < 255)
                continue;
            if (noisy)
                *ink = ink_of_nine(view, row, column, 4);
            else if ((level ^ before) >> 7)
                grains += (ink_of_nine(view, row, column, level ? 7 : 1) ^ level) >> 7;
        }
    return grains;
}

INK_LOCAL void ink_without_noise(pilgi_ink_view *view, uint8_t *ink)
{
    const ink_plane cleaned = {ink, PILGI_INK_SIDE, PILGI_INK_SIDE, PILGI_INK_SIDE, 1};
    const int noisy = ink_write(view, 0, ink) >= INK_GRAINS;
    if (noisy)
        ink_write(view, 1, ink);
    ink_see(view, &cleaned);
    if (noisy)
        ink_show("noise", view);
}
