/* Reads pictures from standard input, each as four numbers (what it is, height, width, channels) and
 * its bytes, and writes their ink. Every buffer is as large as it must be, so that a sanitizer
 * sees the first byte beyond it. */
#include <stdio.h>
#include <stdlib.h>

#include "ink.h"

static int ink_of_next(int32_t head[4])
{
    const int32_t height = head[1], width = head[2];
    const size_t bytes = (size_t)(height * width * head[3]), words = PILGI_INK_WORK(height, width);
    uint8_t *picture = malloc(bytes), *ink = malloc(784);
    uint32_t *work = malloc(4 * words);
    const int read = fread(picture, 1, bytes, stdin) == bytes;
    const int code = read ? pilgi_ink_from_grey(picture, height, width, work, words, ink) : 1;
    fwrite(ink, 1, 784, stdout);
    free(work);
    free(ink);
    free(picture);
    return code;
}

int main(void)
{
    int32_t head[4];
    while (fread(head, sizeof head, 1, stdin))
        if (ink_of_next(head))
            return 1;
    return 0;
}
