/* Logits in 4,096ths of a halving -> the likeliest class and how sure it is; network.py. */
#include "power.h"

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
