/* The arithmetic that all kernels share, see pilgi/export/layers/arithmetic.py.
 * Shifts of negative numbers to the right are arithmetic, as all compilers for these targets have
 * them; the tests hold every kernel to the reference's bits. */
#ifndef PILGI_INT8_H
#define PILGI_INT8_H

#include <stdint.h>

static inline int32_t pilgi_scaled(int32_t sum, uint16_t mantissa, uint8_t shift)
{
    const int64_t half = (int64_t)1 << (shift - 1);
    return (int32_t)(((int64_t)sum * mantissa + half) >> shift);
}

static inline int32_t pilgi_sloped(int32_t sum, uint16_t slope)
{
    if (sum >= 0 || slope == 32768)
        return sum;
    return slope ? (int32_t)(((int64_t)sum * slope + 16384) >> 15) : 0;
}

static inline int8_t pilgi_saturated(int32_t value)
{
    return (int8_t)(value < -128 ? -128 : value > 127 ? 127 : value);
}

#endif
