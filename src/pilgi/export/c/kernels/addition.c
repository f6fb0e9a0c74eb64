/* a = (q - z) M + (q' - z') M',  y = z'' + f(a) / 2^s; layers/addition.py. */
#include "int8.h"

typedef struct {
    int32_t count;
    int32_t first, second;
    uint8_t shift;
    uint16_t slope;
    int16_t zero, other_zero, made_zero;
} pilgi_addition_t;

static void pilgi_addition(
    const pilgi_addition_t *l, const int8_t *in, const int8_t *other, int8_t *made)
{
    for (int32_t at = 0; at < l->count; at++) {
        const int32_t sum = (in[at] - l->zero) * l->first + (other[at] - l->other_zero) * l->second;
        const int32_t found = pilgi_scaled(pilgi_sloped(sum, l->slope), 1, l->shift);
        made[at] = pilgi_saturated(found + l->made_zero);
    }
}
