/* y = z' + sum max(0, +-d) M / 2^s over 2x2; layers/edges.py. */
#include "int8.h"

typedef struct {
    int16_t height, width, made_height, made_width;
    uint16_t mantissa;
    uint8_t shift;
    int16_t zero, made_zero;
} pilgi_edges_t;

static void pilgi_edges(const pilgi_edges_t *l, const int8_t *in, int8_t *made)
{
    for (int y = 0; y < l->made_height; y++)
        for (int x = 0; x < l->made_width; x++, made += 8) {
            int32_t sums[8] = {0};
            for (int at = 0; at < 4; at++) {
                const int8_t *middle = in + (2 * y + at / 2 + 1) * l->width + 2 * x + at % 2 + 1;
                const int across = middle[1] - middle[-1];
                const int down = middle[l->width] - middle[-l->width];
                const int slopes[4] = {across, down, across + down, across - down};
                for (int way = 0; way < 4; way++)
                    sums[slopes[way] > 0 ? way : way + 4] += slopes[way] > 0 ? slopes[way] : -slopes[way];
            }
            for (int way = 0; way < 8; way++) {
                const int32_t found = pilgi_scaled(sums[way], l->mantissa, l->shift);
                made[way] = pilgi_saturated(found + l->made_zero);
            }
        }
}
