/* What the steps of the ink spec share: see docs/ink.md, and pilgi/ink/, of which each file here is
 * the same in C. Where the files are joined into one, INK_LOCAL is `static` and they stand in the
 * order of ink_sources.py, each before its users. */
#ifndef PILGI_INK_STEPS_H
#define PILGI_INK_STEPS_H

#include <string.h>

#include "ink.h"

/* Paper and ink nearer than this are one. */
#define INK_FAINTEST 24

/* Pictures of digits are worked on no larger, and those of lines no higher, than this. */
#define INK_WORKING_SIDE 160
#define INK_WORKING_HEIGHT 96

/* Rows top to bottom and columns left to right, the last ones included. */
typedef struct {
    int32_t top, bottom, left, right;
} ink_box;

/* Ink that steps change. A mask has one bit a pixel, at the pixel's own place; lying bands are
 * found in a plane, standing ones in the same plane turned: down and right change places. */
typedef struct {
    uint8_t *pixels;
    int32_t height, width, down, right;
} ink_plane;

/* Strokes on a canvas that is never there as a whole: a view of its inked part, from its corner on,
 * whose rows are painted into `row` when they are asked for. radius: half the pen's width. One side
 * of the drawing is `extent` long and becomes `most`. */
typedef struct {
    pilgi_ink_view view;
    const int32_t *xy;
    const uint16_t *lengths;
    int32_t strokes, radius;
    uint32_t origin[2], extent, most;
    int y_up;
    uint8_t *row;
} ink_drawing;

enum { INK_LEFT, INK_PART, INK_FIRST, INK_SECOND, INK_MASKS };

typedef struct {
    uint32_t *counts; /* 256: how many pixels have each level */
    uint32_t *sums;   /* a row of weighted sums; the same words, at another time */
    uint8_t *line;    /* a row or column of the plane */
    uint8_t *reduced; /* a picture brought down to the working size */
    ink_plane plane;  /* evened, lifted and cleaned there */
    uint8_t *masks;   /* after the plane, which the pen may make larger than it began, up to ... */
    uint8_t *end;     /* ... the end of all */
    int32_t mask;     /* bytes of one */
} ink_work;

/* What a way in needs to work with: words for sums, the sides of the plane, other planes of that
 * size, and by how much the pen may be widened. */
typedef struct {
    int32_t sums, height, width, planes, pen;
} ink_needs;

/* Red, green and blue, of one size. */
typedef struct {
    pilgi_ink_view channels[3];
} ink_colour;

/* Connected parts of the mask INK_LEFT, one after another moved to the mask INK_PART. */
typedef struct {
    const ink_plane *plane;
    uint8_t *left, *part;
    ink_box box;
    int32_t row;
} ink_parts;

/* Those parts that may be rules: their first and last columns that have pixels. */
typedef struct {
    ink_parts parts;
    uint32_t *counts;
    int32_t thickest, thickness, first, last; /* the band's columns */
} ink_bands;

static inline uint8_t *ink_masked(const ink_work *work, int which)
{
    return work->masks + which * work->mask;
}

static inline int ink_has(const uint8_t *mask, int32_t at)
{
    return mask[at >> 3] >> (at & 7) & 1;
}

static inline void ink_put(uint8_t *mask, int32_t at, int set)
{
    const int bit = 1 << (at & 7);
    mask[at >> 3] = (uint8_t)(set ? mask[at >> 3] | bit : mask[at >> 3] & ~bit);
}

static inline int32_t ink_place(const ink_plane *plane, int32_t row, int32_t column)
{
    return row * plane->down + column * plane->right;
}

/* The same pixels, columns as rows. */
static inline ink_plane ink_turned(const ink_plane *plane)
{
    const ink_plane turned = {plane->pixels, plane->width, plane->height, plane->right,
                              plane->down};
    return turned;
}

static inline int32_t ink_smaller(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

static inline int32_t ink_larger(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

/* A quotient of what is not negative, rounded down: small chips divide unsigned numbers alone. */
static inline int32_t ink_part_of(int32_t whole, int32_t of)
{
    return (int32_t)((uint32_t)whole / (uint32_t)of);
}

/* A quotient rounded half up; exact while numerator + denominator / 2 stays below 2^32. */
static inline uint32_t ink_divide(uint32_t numerator, uint32_t denominator)
{
    return (numerator + denominator / 2) / denominator;
}

#ifndef PILGI_INK_TRACE
#define ink_show(name, view) ((void)0)
#define ink_show_made(name, pixels, height, width) ((void)0)
#endif

#ifndef INK_LOCAL
#define INK_LOCAL

/* wide.c */
int ink_product_is_more(const uint64_t *a, const uint64_t *b, int count);

/* box.c */
int ink_fits(int32_t height, int32_t width);
void ink_see(pilgi_ink_view *view, const ink_plane *plane);
int ink_bounds(const pilgi_ink_view *view, uint8_t above, ink_box *box);
void ink_cut(pilgi_ink_view *view, const ink_box *box);

/* levels.c */
void ink_count(const pilgi_ink_view *view, uint32_t *counts);
int32_t ink_border(const pilgi_ink_view *view);
void ink_border_place(const pilgi_ink_view *view, int32_t at, int32_t *row, int32_t *column);
void ink_count_border(const pilgi_ink_view *view, uint32_t *counts);
uint32_t ink_total(const uint32_t *counts, int32_t first, int32_t last);
uint8_t ink_ranked(const uint32_t *counts, uint32_t rank);
uint8_t ink_otsu(const uint32_t *counts);

/* layout.c */
size_t ink_lay_out(ink_work *work, uint32_t *words, const ink_needs *needs);

/* polarity.c, margin.c, light.c, threshold.c */
void ink_darken(pilgi_ink_view *view, uint32_t *counts);
void ink_without_margin(pilgi_ink_view *view, uint32_t *counts);
void ink_even_light(pilgi_ink_view *view, int32_t extent, ink_work *work);
void ink_lift(pilgi_ink_view *view, ink_work *work);

/* resize.c */
void ink_resize(const pilgi_ink_view *from, uint8_t *to, int32_t height, int32_t width,
                uint32_t *sums);
void ink_brighten(uint8_t *pixels, int32_t count);
void ink_move(const ink_plane *scaled, const ink_plane *to, int32_t top, int32_t left);

/* place.c: scaled.pixels has room for 28x28 */
void ink_scale(const pilgi_ink_view *drawn, ink_plane *scaled, uint32_t *sums);
void ink_centre(const ink_plane *scaled);

/* drawing.c */
void ink_paint(const pilgi_ink_view *view, int32_t row);
void ink_measure_drawing(ink_drawing *drawing, int32_t height, int32_t width);

/* parts.c, bands.c */
void ink_mask(const ink_plane *plane, uint8_t *mask);
void ink_every_part(ink_parts *parts, const ink_work *work, const ink_plane *plane);
int ink_next_part(ink_parts *parts);
void ink_every_band(ink_bands *bands, const ink_work *work, const ink_plane *plane,
                    int32_t thickest);
int ink_next_band(ink_bands *bands);
uint32_t ink_in_column(const ink_plane *plane, const uint8_t *mask, int32_t column);
int ink_part_bands(const ink_work *work, const ink_plane *plane, int32_t thickest);
void ink_find_ends(const ink_work *work, const ink_plane *plane, int32_t *ends);
int32_t ink_median_of_rest(const ink_work *work);
int ink_overhangs(const ink_bands *bands, const int32_t *ends);
int ink_is_paler(const ink_bands *bands, int32_t median);
void ink_thin(const ink_bands *bands, uint8_t *gone, int32_t most);
void ink_erase(const ink_plane *plane, const uint8_t *gone);

/* ruled_lines.c, specks.c, pen.c */
void ink_without_rules(const ink_work *work);
void ink_without_specks(const ink_work *work);
void ink_widen(ink_work *work, int32_t final, int line);

#ifdef PILGI_INK_TRACE
/* trace.c */
void ink_show(const char *name, const pilgi_ink_view *view);
void ink_show_made(const char *name, const uint8_t *pixels, int32_t height, int32_t width);
#endif

/* pictures.c */
ink_needs ink_digit_needs(int32_t height, int32_t width);
void ink_reduce(pilgi_ink_view *view, const ink_work *work);
void ink_from_view(pilgi_ink_view *view, ink_work *work, uint8_t *ink);
void ink_from_grey_view(pilgi_ink_view *view, ink_work *work, uint8_t *ink);

/* lying_rules.c, line_specks.c, text_line.c */
void ink_without_lying_rules(const ink_work *work);
void ink_without_line_specks(const ink_work *work);
ink_needs ink_line_needs(int32_t height, int32_t width);
int32_t ink_from_line_view(pilgi_ink_view *view, ink_work *work, uint8_t *ink);

/* channel.c, colour.c */
void ink_clearest(const ink_colour *colour, pilgi_ink_view *view, int32_t extent,
                  ink_work *work);
int ink_is_coloured(ink_colour *colour, const uint8_t *pixels, int32_t height, int32_t width,
                    int32_t channels);
void ink_reduce_colour(ink_colour *colour, int32_t height, int32_t width, const ink_work *work);
#endif

#endif
