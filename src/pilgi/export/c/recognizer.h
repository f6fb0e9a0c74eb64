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

#if RECOGNIZER_STROKES
/* Pen strokes, in any unit. xy: x and y of each point, stroke after stroke. lengths: the points of
 * each stroke; one point alone is a dot. y_up: 1 where y grows upwards, 0 where it grows downwards,
 * as on a screen. Define RECOGNIZER_STROKES as 0 to leave this function out. */
recognizer_answer_t recognizer_read_strokes(const int32_t *xy, const uint16_t *lengths,
                                            int32_t strokes, int y_up);
#endif

#if RECOGNIZER_SIDE
/* grey: height rows of width bytes, dark ink on light paper or the reverse; it becomes ink first.
 * RECOGNIZER_SIDE squared is the largest picture there is room for. Define it larger for larger
 * ones; as 0 to leave this function and the ink spec out. */
recognizer_answer_t recognizer_read_grey(const uint8_t *grey, int height, int width);
#endif

#ifdef __cplusplus
}
#endif

#endif
