/* Lines on standard input, each its width in two bytes, the lower first, and its ink; on standard
 * output a line of numbers each: how many places, the confidence, seven of each place. */
#include "recognizer.h"
#include <stdio.h>

#ifndef PATTERN
#define PATTERN 0
#endif

int main(void)
{
    static uint8_t ink[RECOGNIZER_HEIGHT * RECOGNIZER_WIDEST];
    static recognizer_reading_t line;
    for (int low = getchar(); low != EOF; low = getchar()) {
        const int width = low | getchar() << 8;
        const size_t size = (size_t)width * RECOGNIZER_HEIGHT;
        if (size > sizeof ink || fread(ink, 1, size, stdin) != size)
            return 1;
        recognizer_read_like(ink, width, PATTERN, &line);
        printf("%d %d", line.count, line.confidence);
        for (int at = 0; at < line.count; at++) {
            const recognizer_place_t *p = &line.places[at];
            printf(" %d %d %d %d %d %d %d", p->label, p->digit, p->confidence, p->second, p->unsure,
                   p->first, p->last);
        }
        printf("\n");
    }
    return 0;
}
