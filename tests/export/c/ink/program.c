/* Reads drawings from standard input, each as four numbers (what it is, height, width, channels) and
 * its bytes, and writes their ink: 0 a digit, 1 a line, 2 one stroke of so many points, y downwards.
 * Every buffer is as large as it must be, so that a sanitizer sees the first byte beyond it. */
#include <stdio.h>
#include <stdlib.h>

#include "ink.h"

static int digit(const int32_t head[4], const uint8_t *picture)
{
    const int32_t height = head[1], width = head[2];
    const size_t words =
        head[3] == 1 ? PILGI_INK_WORK(height, width) : PILGI_INK_COLOUR_WORK(height, width);
    uint8_t *ink = malloc(784);
    uint32_t *work = malloc(4 * words);
    const int code =
        head[3] == 1 ? pilgi_ink_from_grey(picture, height, width, work, words, ink)
                     : pilgi_ink_from_colour(picture, height, width, head[3], work, words, ink);
    fwrite(ink, 1, 784, stdout);
    free(work);
    free(ink);
    return code;
}

static int line(const int32_t head[4], const uint8_t *picture)
{
    const int32_t height = head[1], width = head[2];
    const size_t words =
        head[3] == 1 ? PILGI_LINE_WORK(height, width) : PILGI_LINE_COLOUR_WORK(height, width);
    uint8_t *ink = malloc(PILGI_LINE_BYTES);
    uint32_t *work = malloc(4 * words);
    int32_t columns = 0;
    const int code = head[3] == 1 ? pilgi_line_from_grey(picture, height, width, work, words, ink,
                                                         &columns)
                                  : pilgi_line_from_colour(picture, height, width, head[3], work,
                                                           words, ink, &columns);
    fwrite(ink, 1, (size_t)(32 * columns), stdout);
    free(work);
    free(ink);
    return code;
}

static int stroke(const int32_t head[4], const void *points)
{
    const uint16_t length = (uint16_t)head[1];
    uint8_t *ink = malloc(784);
    const int code = pilgi_ink_from_strokes(points, &length, 1, 0, ink);
    fwrite(ink, 1, 784, stdout);
    free(ink);
    return code;
}

int main(void)
{
    int32_t head[4];
    while (fread(head, sizeof head, 1, stdin)) {
        const size_t bytes = (size_t)(head[1] * head[2] * head[3]);
        void *drawing = malloc(bytes);
        if (fread(drawing, 1, bytes, stdin) != bytes)
            return 1;
        const int code = head[0] == 0   ? digit(head, drawing)
                         : head[0] == 1 ? line(head, drawing)
                                        : stroke(head, drawing);
        free(drawing);
        if (code)
            return 1;
    }
    return 0;
}
