/* What JavaScript calls. What it writes lies in the room that it asks for; the ink, written by it or
 * made here, where recognizer_ink() points; the answer is one number: confidence in the upper 16
 * bits, then sure, then the digit. */
#include "recognizer.h"
#include "memory.c"

static uint8_t seen[RECOGNIZER_HEIGHT * RECOGNIZER_WIDTH];

uint8_t *recognizer_ink(void)
{
    return seen;
}

uint32_t recognizer_answer(void)
{
    const recognizer_answer_t a = recognizer_read(seen);
    return (uint32_t)a.confidence << 16 | (uint32_t)a.sure << 8 | (uint32_t)a.digit;
}

/* Make ink of strokes: x and y of each point, then the points of each stroke, in 4 and 2 bytes. */
int recognizer_ink_of_strokes(int32_t strokes, int32_t points)
{
    const int32_t *xy = (const int32_t *)(const void *)recognizer_memory(0);
    return pilgi_ink_from_strokes(xy, (const uint16_t *)(xy + 2 * points), strokes, 0, seen);
}

/* Bytes of room that a picture of red, green, blue and opacity needs, itself and its work. */
uint32_t recognizer_picture_room(int32_t height, int32_t width)
{
    return (uint32_t)(4 * (size_t)height * (size_t)width + 4 * PILGI_INK_COLOUR_WORK(height, width));
}

/* Make ink of a picture at the room's start; not 0: it is none, see ink.h. */
int recognizer_ink_of_picture(int32_t height, int32_t width)
{
    uint8_t *pixels = recognizer_memory(0);
    uint32_t *work = (uint32_t *)(void *)(pixels + 4 * (size_t)height * (size_t)width);
    const size_t words = PILGI_INK_COLOUR_WORK(height, width);
    return pilgi_ink_from_colour(pixels, height, width, 4, work, words, seen);
}
