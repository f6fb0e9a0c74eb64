/* Pen strokes -> 28x28 ink; pilgi/ink/strokes.py. The canvas is never there as a whole: scaling
 * asks for its rows. */
#include "steps.h"

#define INK_FINE 16
#define INK_CANVAS 160
#define INK_RADIUS 149
#define INK_ROOM (INK_FINE * INK_CANVAS - 2 * INK_RADIUS)

typedef struct {
    pilgi_ink_view view; /* of the canvas's inked part, from its corner on; a row at a time */
    const int32_t *xy;
    const uint16_t *lengths;
    int32_t strokes;
    uint32_t origin[2], extent;
    int y_up;
    uint8_t *row;
} ink_drawing;

/* How far a point lies right of the drawing's left edge, or below its upper one. */
static uint32_t ink_offset(const ink_drawing *drawing, const int32_t *point, int axis)
{
    const uint32_t along = (uint32_t)point[axis] - drawing->origin[axis];
    return axis && drawing->y_up ? 0 - along : along;
}

/* The same in parts of a canvas pixel, the pen's width inside the canvas. */
static int32_t ink_placed(const ink_drawing *drawing, const int32_t *point, int axis)
{
    const uint64_t along = (uint64_t)2 * INK_ROOM * ink_offset(drawing, point, axis);
    if (!drawing->extent)
        return INK_RADIUS;
    return (int32_t)((along + drawing->extent) / (2 * (uint64_t)drawing->extent)) + INK_RADIUS;
}

/* Whether q, from the segment's start, lies nearer to it than the radius; d: from start to end. */
static int ink_is_near(int32_t qx, int32_t qy, int32_t dx, int32_t dy)
{
    const int32_t along = qx * dx + qy * dy, length = dx * dx + dy * dy;
    const int32_t square = INK_RADIUS * INK_RADIUS;
    if (along <= 0)
        return qx * qx + qy * qy < square;
    if (along >= length)
        return (qx - dx) * (qx - dx) + (qy - dy) * (qy - dy) < square;
    const int64_t across = (int64_t)dx * qy - (int64_t)dy * qx;
    return across * across < (int64_t)square * length;
}

/* The first pixel whose centre lies beyond that place. */
static int32_t ink_pixel(int32_t place)
{
    return (place + INK_FINE / 2) / INK_FINE;
}

/* Set what a segment covers of the row whose centre is y. */
static void ink_cover(const ink_drawing *drawing, const int32_t *start, const int32_t *end,
                      int32_t y)
{
    const int32_t ay = ink_placed(drawing, start, 1), by = ink_placed(drawing, end, 1);
    if (y <= ink_smaller(ay, by) - INK_RADIUS || y >= ink_larger(ay, by) + INK_RADIUS)
        return;
    const int32_t ax = ink_placed(drawing, start, 0), bx = ink_placed(drawing, end, 0);
    const int32_t last = ink_pixel(ink_larger(ax, bx) + INK_RADIUS - 1);
    for (int32_t x = ink_pixel(ink_smaller(ax, bx) - INK_RADIUS); x < last; x++)
        if (ink_is_near(x * INK_FINE + INK_FINE / 2 - ax, y - ay, bx - ax, by - ay))
            drawing->row[x] = 255;
}

static void ink_paint(const pilgi_ink_view *view, int32_t row)
{
    const ink_drawing *drawing = (const ink_drawing *)view;
    const int32_t *point = drawing->xy, y = row * INK_FINE + INK_FINE / 2;
    memset(drawing->row, 0, (size_t)view->width);
    for (int32_t stroke = 0; stroke < drawing->strokes; stroke++)
        for (int32_t at = 0; at < drawing->lengths[stroke]; at++, point += 2)
            ink_cover(drawing, at ? point - 2 : point, point, y);
}

/* Find where the drawing begins and how large it is; which part of the canvas it covers: wherever a
 * disc reaches by a part of a pixel, its chord there is longer than a pixel and holds a centre. */
static void ink_measure_drawing(ink_drawing *drawing, int32_t points)
{
    int32_t last[2];
    for (int axis = 0; axis < 2; axis++) {
        const int32_t *at = drawing->xy + axis;
        int32_t low = *at, high = *at;
        for (int32_t point = 1; point < points; point++) {
            low = ink_smaller(low, at[2 * point]);
            high = ink_larger(high, at[2 * point]);
        }
        const int turned = axis && drawing->y_up;
        const uint32_t size = (uint32_t)high - (uint32_t)low;
        drawing->extent = size > drawing->extent ? size : drawing->extent;
        drawing->origin[axis] = (uint32_t)(turned ? high : low);
        last[axis] = turned ? low : high;
    }
    drawing->view.width = ink_pixel(ink_placed(drawing, last, 0) + INK_RADIUS - 1);
    drawing->view.height = ink_pixel(ink_placed(drawing, last, 1) + INK_RADIUS - 1);
}

int pilgi_ink_from_strokes(const int32_t *xy, const uint16_t *lengths, int32_t strokes, int y_up,
                           uint8_t ink[784])
{
    uint8_t row[INK_CANVAS];
    uint32_t sums[20];
    ink_plane scaled = {ink, 0, 0, 0, 1};
    ink_drawing drawing = {{row, 0, 0, 0, 1, 0, 0, 0, ink_paint}, xy, lengths, strokes, {0, 0}, 0,
                           y_up, row};
    int32_t points = 0;
    for (int32_t stroke = 0; stroke < strokes; stroke++)
        points += lengths[stroke];
    if (points) {
        ink_measure_drawing(&drawing, points);
        ink_scale(&drawing.view, &scaled, sums);
    }
    ink_centre(&scaled);
    return PILGI_INK_OK;
}
