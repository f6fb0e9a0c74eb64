/* Stripes of inverted paper along two sides of a picture of 28x28; pilgi/ink/stripes.py. */
#include "steps.h"

#define INK_HALF (PILGI_INK_SIDE / 2)
#define INK_QUARTER (PILGI_INK_SIDE / 4)
#define INK_LIT 192
#define INK_WRITTEN 8
#define INK_JOINED 2

/* Pixels of a column: the lit ones, and 32 more for each of its four ends that is; those on the
 * other side of 128 than the one in the column before; and those that are lit as it is. */
typedef struct {
    uint32_t lit, crossed, joined;
} ink_column;

static ink_column ink_look_down(const uint8_t *pixel, const uint8_t *before, int32_t down)
{
    ink_column found = {0, 0, 0};
    for (uint32_t row = 0; row < PILGI_INK_SIDE; row++, pixel += down, before += down) {
        const uint32_t ends = row < 2 || row >= PILGI_INK_SIDE - 2 ? 32 : 0;
        found.crossed += (*pixel ^ *before) >> 7;
        if (*pixel < INK_LIT)
            continue;
        found.lit += 1 + ends;
        found.joined += *before >= INK_LIT;
    }
    return found;
}

/* The columns that are stripes, a bit each, the last one's the lowest; 0 where they are none. */
static uint32_t ink_striped(const uint8_t *ink, int32_t down, int32_t right)
{
    const uint8_t *before = ink;
    uint32_t bright = 1, between = 0, written = 0; /* as if a stripe lay before the first column */
    int apart = 0;
    for (int32_t column = 0; column < PILGI_INK_SIDE; column++, before = ink, ink += right) {
        const ink_column seen = ink_look_down(ink, before, down);
        const uint32_t is_bright = seen.lit >= 4 * 32;
        if (is_bright != (bright & 1)) {
            if (seen.crossed < INK_HALF)
                return 0;
            apart |= seen.joined <= INK_JOINED;
        }
        if (!is_bright) {
            between++;
            written += seen.lit & 31;
        } else if (seen.lit < 4 * 32 + INK_HALF)
            return 0;
        bright = bright << 1 | is_bright;
    }
    if (between - INK_HALF > INK_QUARTER || written < INK_WRITTEN || !apart)
        return 0;
    return bright & 1 ? bright : 0;
}

static void ink_turn_back(uint8_t *ink, int32_t down, int32_t right)
{
    uint32_t bright = ink_striped(ink, down, right);
    if (!bright)
        return;
    for (int32_t column = PILGI_INK_SIDE; column--; bright >>= 1)
        for (int32_t row = 0; row < PILGI_INK_SIDE; row++)
            ink[row * down + column * right] ^= bright & 1 ? 255 : 0;
    ink_show_made("stripes", ink, PILGI_INK_SIDE, PILGI_INK_SIDE);
}

/* ink: the picture, row after row. Turned back one way, it has no stripes the other way. */
INK_LOCAL void ink_without_stripes(uint8_t *ink)
{
    ink_turn_back(ink, PILGI_INK_SIDE, 1);
    ink_turn_back(ink, 1, PILGI_INK_SIDE);
}
