/* 2^16 2^(-below / 4096), below at least 0; network.py. */
#ifndef PILGI_POWER_H
#define PILGI_POWER_H

#include <stdint.h>

#define PILGI_TABLE_BITS 5

/* Less one, so that the first of them fits. */
static const uint16_t pilgi_powers[(1 << PILGI_TABLE_BITS) + 1] = {
    65535, 64131, 62756, 61412, 60096, 58808, 57548, 56315, 55108, 53927, 52772,
    51641, 50534, 49451, 48392, 47355, 46340, 45347, 44375, 43424, 42494, 41583,
    40692, 39820, 38967, 38132, 37315, 36515, 35733, 34967, 34218, 33485, 32767};

static inline uint32_t pilgi_share(int32_t below)
{
    const int32_t whole = below >> 12, rest = below & 4095;
    const int32_t step = rest >> (12 - PILGI_TABLE_BITS);
    const uint32_t along = (uint32_t)rest & ((1u << (12 - PILGI_TABLE_BITS)) - 1);
    if (whole > 16)
        return 0;
    const uint32_t power = pilgi_powers[step] + 1u;
    const uint32_t fall = (power - 1 - pilgi_powers[step + 1]) * along;
    return (power - (fall >> (12 - PILGI_TABLE_BITS))) >> whole;
}

#endif
