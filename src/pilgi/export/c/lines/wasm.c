/* What JavaScript calls. What it writes lies in the room that it asks for; the line ink, written by
 * it or made here, where recognizer_ink() points; the answer where recognizer_answer() points: how
 * many places, the confidence, seven numbers of each place. */
#include "recognizer.h"
#include "memory.c"

static uint8_t seen[PILGI_LINE_BYTES];

uint8_t *recognizer_ink(void)
{
    return seen;
}

/* states: of the pattern at the room's start, the following ones before the ends; 0: any number. */
const int32_t *recognizer_answer(int width, int states)
{
    static recognizer_reading_t line;
    static int32_t row[2 + 7 * 127];
    const int16_t (*following)[10] = (const int16_t(*)[10])(const void *)recognizer_memory(0);
    const recognizer_pattern_t pattern = {following, (const uint8_t *)(following + states)};
    int32_t *number = row;
    recognizer_read_like(seen, width, states ? &pattern : 0, &line);
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

/* Bytes of room that a picture of red, green, blue and opacity needs, itself and its work. */
uint32_t recognizer_picture_room(int32_t height, int32_t width)
{
    return (uint32_t)(4 * (size_t)height * (size_t)width + 4 * PILGI_LINE_COLOUR_WORK(height, width));
}

/* Make line ink of a picture at the room's start, and return its columns; less than 1: see ink.h. */
int recognizer_ink_of_picture(int32_t height, int32_t width)
{
    uint8_t *pixels = recognizer_memory(0);
    uint32_t *work = (uint32_t *)(void *)(pixels + 4 * (size_t)height * (size_t)width);
    const size_t words = PILGI_LINE_COLOUR_WORK(height, width);
    int32_t columns = 0;
    const int code =
        pilgi_line_from_colour(pixels, height, width, 4, work, words, seen, &columns);
    return code ? code : columns;
}

/* The same of strokes: x and y of each point, then the points of each stroke, in 4 and 2 bytes. */
int recognizer_ink_of_strokes(int32_t strokes, int32_t points)
{
    static uint8_t picture[PILGI_LINE_PICTURE];
    const int32_t *xy = (const int32_t *)(const void *)recognizer_memory(0);
    int32_t height, width, columns = 0;
    pilgi_line_picture(xy, (const uint16_t *)(xy + 2 * points), strokes, 0, picture, &height, &width);
    const size_t words = PILGI_LINE_WORK(height, width);
    uint32_t *work = (uint32_t *)(void *)recognizer_memory((uint32_t)(4 * words));
    const int code = pilgi_line_from_grey(picture, height, width, work, words, seen, &columns);
    return code ? code : columns;
}
