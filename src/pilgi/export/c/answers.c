/* Ink on standard input, picture after picture; digit, confidence and sure on standard output. */
#include "recognizer.h"
#include <stdio.h>

int main(void)
{
    static uint8_t ink[RECOGNIZER_HEIGHT * RECOGNIZER_WIDTH];
    while (fread(ink, sizeof ink, 1, stdin)) {
        const recognizer_answer_t a = recognizer_read(ink);
        printf("%d %d %d\n", a.digit, a.confidence, a.sure);
    }
    return 0;
}
