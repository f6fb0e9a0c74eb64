/* A line as it is, and slanted to either side; pilgi/ink/views.py. */
#include <stdint.h>

#define PILGI_VIEWS 3
#define PILGI_PARTS 40

static const int8_t pilgi_slants[PILGI_VIEWS] = {0, -3, 3};

/* Columns of paper that a view has more on each side. */
static int32_t pilgi_room(int32_t height)
{
    return (3 * (height - 1) + PILGI_PARTS - 1) / PILGI_PARTS;
}

static int32_t pilgi_pixel(const uint8_t *row, int32_t width, int32_t at)
{
    return at < 0 || at >= width ? 0 : row[at];
}

/* made: int8, the ink less 128, height rows of width + 2 room. */
static void pilgi_slanted(
    const uint8_t *ink, int32_t height, int32_t width, int slant, int8_t *made)
{
    const int32_t room = pilgi_room(height);
    for (int32_t row = 0; row < height; row++, ink += width) {
        const int32_t moved = slant * (height - 1 - 2 * row);
        const int32_t whole = (moved + 64 * PILGI_PARTS) / PILGI_PARTS - 64;
        const int32_t part = moved - whole * PILGI_PARTS;
        for (int32_t at = -room; at < width + room; at++) {
            const int32_t here = pilgi_pixel(ink, width, at - whole);
            const int32_t before = pilgi_pixel(ink, width, at - whole - 1);
            const int32_t sum = (PILGI_PARTS - part) * here + part * before + PILGI_PARTS / 2;
            *made++ = (int8_t)(sum / PILGI_PARTS - 128);
        }
    }
}
