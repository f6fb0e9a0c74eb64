/* What JavaScript calls: ink is written where recognizer_ink() points, the answer lies where
 * recognizer_answer() points: how many places, the confidence, seven numbers of each place. */
#include "recognizer.h"

static uint8_t ink[RECOGNIZER_HEIGHT * RECOGNIZER_WIDEST];

uint8_t *recognizer_ink(void)
{
    return ink;
}

const int32_t *recognizer_answer(int width)
{
    static recognizer_reading_t line;
    static int32_t row[2 + 7 * 127];
    int32_t *number = row;
    recognizer_read(ink, width, &line);
    *number++ = line.count;
    *number++ = line.confidence;
    for (int at = 0; at < line.count; at++) {
        const recognizer_place_t *p = &line.places[at];
        const int32_t seven[7] = {p->label, p->digit, p->confidence, p->second, p->unsure,
                                  p->first, p->last};
        for (int member = 0; member < 7; member++)
            *number++ = seven[member];
    }
    return row;
}
