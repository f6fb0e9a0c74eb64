/* y = [q, q'], column after column; layers/beside.py. */
#include "int8.h"

typedef struct {
    int16_t width;
    int16_t first, second; /* channels */
} pilgi_beside_t;

static void pilgi_beside(
    const pilgi_beside_t *l, const int8_t *in, const int8_t *other, int8_t *made)
{
    for (int x = 0; x < l->width; x++) {
        for (int c = 0; c < l->first; c++)
            *made++ = *in++;
        for (int c = 0; c < l->second; c++)
            *made++ = *other++;
    }
}
