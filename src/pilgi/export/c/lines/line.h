/* A reader of lines of digits in whole numbers: no heap, no floating point, nothing but C99.
 * Its answers are those of Pilgi's integer reference, to the bit. */
#ifndef RECOGNIZER_H
#define RECOGNIZER_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The widest line there is room for, in columns; the arena grows with it. At most 1,024. */
#ifndef RECOGNIZER_WIDEST
#define RECOGNIZER_WIDEST 1024
#endif

/* What stands in one place. */
typedef struct {
    int8_t label;        /* the likeliest: 0 to 9, 10 a separator, 11 something else */
    int8_t digit;        /* the likeliest digit, -1 where it is a separator */
    int8_t second;       /* the next */
    uint16_t confidence; /* the digit's, or the separator's, 65535 is certainty */
    uint16_t unsure;     /* that of the next */
    int16_t first, last; /* its steps of the lattice */
} recognizer_place_t;

/* The number in a line: its places from left to right. */
typedef struct {
    int16_t count;       /* -1: no line that can be read */
    uint16_t confidence; /* of the whole number, 65535 is certainty */
    recognizer_place_t places[127];
} recognizer_reading_t;

/* What a number may look like: from each state the next one by a digit, -1 where no number goes on
 * so; 1 where a number may end. State 0 is before the first digit. Separators do not count. */
typedef struct {
    const int16_t (*following)[10];
    const uint8_t *ends;
} recognizer_pattern_t;

/* ink: 32 rows of width bytes, paper 0, ink up to 255, sized and placed as Pilgi's ink spec says of
 * lines; 8 to RECOGNIZER_WIDEST columns. */
void recognizer_read(const uint8_t *ink, int width, recognizer_reading_t *line);

/* The likeliest number that looks so, its confidence among those that do, which are taken for a
 * tenth of all at least; a count of 0 where none does. pattern: 0 for any number. */
void recognizer_read_like(const uint8_t *ink, int width, const recognizer_pattern_t *pattern,
                          recognizer_reading_t *line);

/* The logarithms to the base 2, in 2^-14, of each label's probability at each step, blank last:
 * (steps, RECOGNIZER_LABELS + 1), of the line as it is. 0: no line that can be read. They last
 * until the next line is read. */
const int32_t *recognizer_lattice(const uint8_t *ink, int width, int *steps);

#ifdef __cplusplus
}
#endif

#endif
