/* What JavaScript calls: ink is written where recognizer_ink() points, the answer is one number:
 * confidence in the upper 16 bits, then sure, then the digit. */
#include "recognizer.h"

static uint8_t ink[RECOGNIZER_HEIGHT * RECOGNIZER_WIDTH];

uint8_t *recognizer_ink(void)
{
    return ink;
}

uint32_t recognizer_answer(void)
{
    const recognizer_answer_t a = recognizer_read(ink);
    return (uint32_t)a.confidence << 16 | (uint32_t)a.sure << 8 | (uint32_t)a.digit;
}
