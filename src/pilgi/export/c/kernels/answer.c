/* Logits in 4,096ths of a halving -> the likeliest class and how sure it is; network.py. */
#include "int8.h"

#define PILGI_TABLE_BITS 5

static const uint32_t pilgi_powers[(1 << PILGI_TABLE_BITS) + 1] = {
    65536, 64132, 62757, 61413, 60097, 58809, 57549, 56316, 55109, 53928, 52773,
    51642, 50535, 49452, 48393, 47356, 46341, 45348, 44376, 43425, 42495, 41584,
    40693, 39821, 38968, 38133, 37316, 36516, 35734, 34968, 34219, 33486, 32768};

static uint32_t pilgi_share(int32_t below)
{
    const int32_t whole = below >> 12, rest = below & 4095;
    const int32_t step = rest >> (12 - PILGI_TABLE_BITS);
    const uint32_t along = (uint32_t)rest & ((1u << (12 - PILGI_TABLE_BITS)) - 1);
    if (whole > 16)
        return 0;
    const uint32_t fall = (pilgi_powers[step] - pilgi_powers[step + 1]) * along;
    return (pilgi_powers[step] - (fall >> (12 - PILGI_TABLE_BITS))) >> whole;
}

static int pilgi_likeliest(const int32_t *logits, int count)
{
    int best = 0;
    for (int at = 1; at < count; at++)
        best = logits[at] > logits[best] ? at : best;
    return best;
}

/* outputs: one more than the classes where the net also tells what is none of them. */
static uint16_t pilgi_confidence(const int32_t *logits, int outputs, int digit)
{
    const int32_t most = logits[pilgi_likeliest(logits, outputs)];
    uint32_t sum = 0;
    for (int at = 0; at < outputs; at++)
        sum += pilgi_share(most - logits[at]);
    return (uint16_t)(pilgi_share(most - logits[digit]) * 65535u / sum);
}
