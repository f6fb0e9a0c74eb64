/* A digit recognizer in whole numbers: no heap, no floating point, nothing but C99.
 * Its answers are those of Pilgi's integer reference, to the bit. */
#ifndef RECOGNIZER_H
#define RECOGNIZER_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
    int16_t digit;       /* the likeliest class, 0 first; -1: no picture that can be read */
    uint16_t confidence; /* its calibrated probability, 65535 is certainty */
    uint8_t sure;        /* 0: better answer "not sure" */
} recognizer_answer_t;

/* ink: paper 0, ink up to 255, sized and placed as Pilgi's ink spec says. */
recognizer_answer_t recognizer_read(const uint8_t *ink);

/* grey: height rows of width bytes, dark ink on light paper or the reverse; it becomes ink first.
 * RECOGNIZER_SIDE is the longest side that fits the arena; define it larger for larger pictures. */
recognizer_answer_t recognizer_read_grey(const uint8_t *grey, int height, int width);

#ifdef __cplusplus
}
#endif

#endif
