/* Products of whole numbers beyond 64 bits, compared exactly. */
#include "steps.h"

#define INK_DIGITS 9

/* wide = the product of the factors, in digits of 32 bits, the lowest first; below 2^288. */
static void ink_product(uint32_t *wide, const uint64_t *factors, int count)
{
    uint32_t old[INK_DIGITS];
    memset(wide, 0, sizeof old);
    wide[0] = 1;
    for (int each = 0; each < count; each++) {
        memcpy(old, wide, sizeof old);
        memset(wide, 0, sizeof old);
        for (int half = 0; half < 2; half++) {
            const uint32_t digit = (uint32_t)(factors[each] >> (32 * half));
            uint64_t sum = 0; /* (2^32 - 1)^2 + 2 (2^32 - 1) is 2^64 - 1 */
            for (int at = half; at < INK_DIGITS; at++, sum >>= 32) {
                sum += wide[at] + (uint64_t)old[at - half] * digit;
                wide[at] = (uint32_t)sum;
            }
        }
    }
}

/* Whether the product of the factors a is larger than that of the factors b. */
INK_LOCAL int ink_product_is_more(const uint64_t *a, const uint64_t *b, int count)
{
    uint32_t wide[2][INK_DIGITS];
    ink_product(wide[0], a, count);
    ink_product(wide[1], b, count);
    int at = INK_DIGITS - 1;
    while (at && wide[0][at] == wide[1][at])
        at--;
    return wide[0][at] > wide[1][at];
}
