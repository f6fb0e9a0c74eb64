/* The picture read at the places its own moments tell; the equations are in layers/upright.py. */
#include "int8.h"

typedef struct {
    int16_t height, width;
    int32_t spread, smallest;
} pilgi_upright_t;

typedef struct {
    int32_t row, column; /* of the centre of mass, in 2^-16 of a pixel */
    int32_t size, slant; /* in 2^-16 */
} pilgi_moments_t;

static uint32_t pilgi_isqrt(uint64_t square)
{
    uint64_t root = 0;
    for (uint64_t bit = (uint64_t)1 << 62; bit; bit >>= 2) {
        if (square >= root + bit) {
            square -= root + bit;
            root = (root >> 1) + bit;
        } else
            root >>= 1;
    }
    return (uint32_t)root;
}

static int pilgi_moments(const pilgi_upright_t *l, const int8_t *in, pilgi_moments_t *m)
{
    int64_t mass = 0, down = 0, right = 0, squares = 0, products = 0;
    for (int r = 0, at = 0; r < l->height; r++)
        for (int c = 0; c < l->width; c++, at++) {
            const int32_t ink = in[at] + 128, y = 2 * r - (l->height - 1), x = 2 * c - (l->width - 1);
            mass += ink;
            down += ink * y;
            right += ink * x;
            squares += ink * y * y;
            products += ink * x * y;
        }
    if (!mass)
        return 0;
    const int64_t tall = mass * squares - down * down, lean = mass * products - right * down;
    const int64_t steep = tall >> 16, most = (int64_t)4 << 16;
    const int64_t root = (int64_t)pilgi_isqrt((uint64_t)tall << 18) << 7;
    const int64_t size = 1000 * root / (mass * l->spread), slant = steep ? lean / steep : 0;
    m->size = size > l->smallest ? (int32_t)size : l->smallest;
    m->slant = (int32_t)(slant > most ? most : slant < -most ? -most : slant);
    m->row = (int32_t)((down + (l->height - 1) * mass) * 32768 / mass);
    m->column = (int32_t)((right + (l->width - 1) * mass) * 32768 / mass);
    return 1;
}

static int32_t pilgi_value_at(const pilgi_upright_t *l, const int8_t *in, int32_t row, int32_t column)
{
    const int outside = row < 0 || column < 0 || row >= l->height || column >= l->width;
    return outside ? 0 : in[row * l->width + column] + 128;
}

static int8_t pilgi_between(const pilgi_upright_t *l, const int8_t *in, int32_t row, int32_t column)
{
    const int32_t top = row >> 16, left = column >> 16;
    const int32_t down = (row >> 8) & 255, right = (column >> 8) & 255;
    int32_t sum = 32768;
    for (int at = 0; at < 4; at++) {
        const int lower = at >> 1, later = at & 1;
        const int32_t share = (lower ? down : 256 - down) * (later ? right : 256 - right);
        sum += share * pilgi_value_at(l, in, top + lower, left + later);
    }
    return (int8_t)((sum >> 16) - 128);
}

static void pilgi_upright(const pilgi_upright_t *l, const int8_t *in, int8_t *made)
{
    pilgi_moments_t m = {0, 0, 0, 0};
    const int written = pilgi_moments(l, in, &m);
    for (int r = 0, at = 0; r < l->height; r++)
        for (int c = 0; c < l->width; c++, at++) {
            if (!written) {
                made[at] = in[at];
                continue;
            }
            const int32_t y = 2 * r - (l->height - 1), x = 2 * c - (l->width - 1);
            const int32_t below = (int32_t)(((int64_t)y * m.size) >> 1);
            const int32_t leaning = (int32_t)(((int64_t)m.slant * below) >> 16);
            made[at] = pilgi_between(l, in, m.row + below, m.column + x * 32768 + leaning);
        }
}
