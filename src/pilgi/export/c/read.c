/* From ink, or a grey picture, to the answer: one static memory for the steps of both. */
#include "recognizer.h"
#include "ink/ink.h"
#include "kernels/answer.c"
#include <string.h>

static union {
    int32_t aligned;
    int8_t bytes[RECOGNIZER_ARENA];
#if RECOGNIZER_SIDE
    struct {
        uint32_t work[PILGI_INK_WORK(RECOGNIZER_SIDE, RECOGNIZER_SIDE)];
        uint8_t ink[RECOGNIZER_HEIGHT * RECOGNIZER_WIDTH];
    } drawn;
#endif
} memory;

static const int32_t *recognizer_logits(int8_t *bytes);

recognizer_answer_t recognizer_read(const uint8_t *ink)
{
    int8_t *entry = memory.bytes + RECOGNIZER_ENTRY;
    memmove(entry, ink, RECOGNIZER_HEIGHT * RECOGNIZER_WIDTH); /* it may lie in this memory too */
    for (int at = 0; at < RECOGNIZER_HEIGHT * RECOGNIZER_WIDTH; at++)
        entry[at] = (int8_t)(entry[at] ^ -128);
    const int32_t *logits = recognizer_logits(memory.bytes);
    recognizer_answer_t answer = {0, 0, 0};
    answer.digit = (int16_t)pilgi_likeliest(logits, RECOGNIZER_CLASSES);
    answer.confidence = pilgi_confidence(logits, RECOGNIZER_OUTPUTS, answer.digit);
    answer.sure = answer.confidence >= RECOGNIZER_SURE;
    return answer;
}

#if RECOGNIZER_STROKES
recognizer_answer_t recognizer_read_strokes(const int32_t *xy, const uint16_t *lengths,
                                            int32_t strokes, int y_up)
{
    uint8_t *ink = (uint8_t *)memory.bytes + RECOGNIZER_ENTRY;
    pilgi_ink_from_strokes(xy, lengths, strokes, y_up, ink);
    return recognizer_read(ink);
}
#endif

#if RECOGNIZER_SIDE
recognizer_answer_t recognizer_read_grey(const uint8_t *grey, int height, int width)
{
    const size_t words = sizeof memory.drawn.work / sizeof memory.drawn.work[0];
    const recognizer_answer_t none = {-1, 0, 0};
    if (pilgi_ink_from_grey(grey, height, width, memory.drawn.work, words, memory.drawn.ink) != 0)
        return none;
    return recognizer_read(memory.drawn.ink);
}
#endif
