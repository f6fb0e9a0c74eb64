/* Anything written -> 28x28 ink bytes, as docs/ink.md says, to the bit: whole numbers, no heap.
 *
 * A build takes the files it needs: pilgi/export/ink_sources.py lists them for each way in. */
#ifndef PILGI_INK_H
#define PILGI_INK_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define PILGI_INK_SIDE 28

/* The largest picture: so many pixels, and no side longer than 65,535. */
#define PILGI_INK_MOST 16777215

/* What the functions below return. In all but the first case nothing was written. */
enum {
    PILGI_INK_OK = 0,
    PILGI_INK_EMPTY = -1,     /* a picture without pixels */
    PILGI_INK_TOO_LARGE = -2, /* a picture of more than PILGI_INK_MOST pixels */
    PILGI_INK_NO_ROOM = -3    /* less work than PILGI_INK_WORK says */
};

/* The words of four bytes that a grey picture of that size needs to be worked on: a constant where
 * its sides are. A picture of 32x32 takes 2.6 KB, one of 56x56 5.8 KB, none more than 65 KB. */
#define PILGI_INK_MORE(a, b) ((a) > (b) ? (a) : (b))
#define PILGI_INK_MASKED(pixels) ((pixels) + 4 * (((pixels) + 7) / 8))
#define PILGI_INK_WIDENED(h, w, r) (((h) + 2 * (r)) * ((w) + 2 * (r)) + (w))
#define PILGI_INK_PLANE(h, w)                                                                      \
    (PILGI_INK_MORE(h, w) + PILGI_INK_MORE(PILGI_INK_MASKED((h) * (w)),                            \
                                           PILGI_INK_WIDENED(h, w, PILGI_INK_MORE(h, w) / 40)))
#define PILGI_INK_BYTES(h, w)                                                                      \
    (1024 + (PILGI_INK_MORE(h, w) > 160 ? 160 * 160 + PILGI_INK_PLANE(160, 160)                    \
                                        : PILGI_INK_PLANE(h, w)))
#define PILGI_INK_WORK(height, width) ((size_t)(PILGI_INK_BYTES(height, width) + 3) / 4)

/* grey: height rows of width bytes; dark ink on light paper or the reverse. What already is ink
 * comes back byte for byte. work: `words` words, at least PILGI_INK_WORK(height, width). */
int pilgi_ink_from_grey(const uint8_t *grey, int32_t height, int32_t width, uint32_t *work,
                        size_t words, uint8_t ink[784]);

/* The words that a colour picture needs: more by a plane or, of a large one, by three. */
#define PILGI_INK_COLOUR_WORK(h, w)                                                                \
    ((size_t)(PILGI_INK_BYTES(h, w) +                                                              \
              (PILGI_INK_MORE(h, w) > 160 ? 3 * 160 * 160 : (h) * (w)) + 3) / 4)

/* pixels: red, green, blue and, where channels is 4 and not 3, opacity. What has no colour is taken
 * for the grey picture that it is. */
int pilgi_ink_from_colour(const uint8_t *pixels, int32_t height, int32_t width, int32_t channels,
                          uint32_t *work, size_t words, uint8_t ink[784]);

/* Lines of digits -> 32 rows of line ink, of 16 to 1,024 columns, whose number is set: rows of so
 * many bytes, one after another. ink: PILGI_LINE_BYTES of room. */
#define PILGI_LINE_HEIGHT 32
#define PILGI_LINE_BYTES (32 * 1024)
#define PILGI_LINE_HIGH(h) ((h) > 96 ? 96 : (h))
#define PILGI_LINE_PLANE(h, w)                                                                     \
    (PILGI_INK_MORE(PILGI_LINE_HIGH(h), w) +                                                       \
     PILGI_INK_MORE(PILGI_INK_MASKED(PILGI_LINE_HIGH(h) * (w)),                                    \
                    PILGI_INK_WIDENED(PILGI_LINE_HIGH(h), w, 1)))
#define PILGI_LINE_BESIDE(h, w, planes) ((planes)*PILGI_LINE_HIGH(h) * (w))
#define PILGI_LINE_WORK(h, w)                                                                      \
    ((size_t)(4 * PILGI_INK_MORE(1016, w) + PILGI_LINE_BESIDE(h, w, (h) > 96) +                    \
              PILGI_LINE_PLANE(h, w) + 3) / 4)
#define PILGI_LINE_COLOUR_WORK(h, w)                                                               \
    ((size_t)(4 * PILGI_INK_MORE(1016, w) + PILGI_LINE_BESIDE(h, w, (h) > 96 ? 4 : 1) +            \
              PILGI_LINE_PLANE(h, w) + 3) / 4)
int pilgi_line_from_grey(const uint8_t *grey, int32_t height, int32_t width, uint32_t *work,
                         size_t words, uint8_t *ink, int32_t *columns);
int pilgi_line_from_colour(const uint8_t *pixels, int32_t height, int32_t width, int32_t channels,
                           uint32_t *work, size_t words, uint8_t *ink, int32_t *columns);

/* Pen strokes, in any unit. xy: x and y of each point, stroke after stroke. lengths: the points of
 * each stroke; one point alone is a dot. y_up: 1 where y grows upwards, as on a tablet, 0 where it
 * grows downwards, as on a screen. It needs no work but some 750 bytes of stack. */
int pilgi_ink_from_strokes(const int32_t *xy, const uint16_t *lengths, int32_t strokes, int y_up,
                           uint8_t ink[784]);

/* The same as a picture of one line, dark on paper: at most 160 pixels high and PILGI_LINE_LONG wide,
 * and paper around. picture: PILGI_LINE_PICTURE bytes of room; it needs 2.6 KB of stack. */
#define PILGI_LINE_LONG 2560
#define PILGI_LINE_PAPER 40
#define PILGI_LINE_PICTURE ((160 + 2 * PILGI_LINE_PAPER) * (PILGI_LINE_LONG + 2 * PILGI_LINE_PAPER))
int pilgi_line_picture(const int32_t *xy, const uint16_t *lengths, int32_t strokes, int y_up,
                       uint8_t *picture, int32_t *height, int32_t *width);

/* A picture as the steps see it: where its pixels lie, and what is made of their bytes. */
typedef struct pilgi_ink_view {
    const uint8_t *pixels;
    int32_t height, width;
    int32_t down, right; /* bytes from a pixel to the one below it, to the one on its right */
    uint8_t inverted;    /* 255 where bright and dark change places, else 0 */
    uint8_t alpha;       /* bytes from a pixel's level to its opacity; 0: it is opaque */
    uint8_t white;       /* 255 where what is transparent lies over white, 0 over black */
    void (*paint)(const struct pilgi_ink_view *, int32_t row); /* makes a row; 0: all are there */
} pilgi_ink_view;

/* The level of one pixel. */
uint8_t pilgi_ink_at(const pilgi_ink_view *view, int32_t row, int32_t column);

#ifdef PILGI_INK_TRACE
/* Called after each step with its name, as in docs/ink.md, and its picture: for a page that shows
 * all steps, and for tests. 0 ends it. */
typedef void (*pilgi_ink_step)(void *context, const char *name, const pilgi_ink_view *view);
void pilgi_ink_watch(pilgi_ink_step step, void *context);

/* Write height x width bytes. */
void pilgi_ink_copy(const pilgi_ink_view *view, uint8_t *pixels);
#endif

#ifdef __cplusplus
}
#endif

#endif
