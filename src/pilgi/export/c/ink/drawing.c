/* Pen strokes, drawn row by row; pilgi/ink/strokes.py. The canvas is never there as a whole. */
#include "steps.h"

#define INK_FINE 16

/* How far a point lies right of the drawing's left edge, or below its upper one. */
static uint32_t ink_offset(const ink_drawing *drawing, const int32_t *point, int axis)
{
    const uint32_t along = (uint32_t)point[axis] - drawing->origin[axis];
    return axis && drawing->y_up ? 0 - along : along;
}

/* The same in parts of a canvas pixel, the pen's width inside the canvas. */
static int32_t ink_placed(const ink_drawing *drawing, const int32_t *point, int axis)
{
    const uint64_t along = (uint64_t)2 * drawing->most * ink_offset(drawing, point, axis);
    if (!drawing->extent)
        return drawing->radius;
    return (int32_t)((along + drawing->extent) / (2 * (uint64_t)drawing->extent)) + drawing->radius;
}

/* Whether q, from the segment's start, lies nearer to it than the radius, whose square is given; d:
 * from start to end. */
static int ink_is_near(int32_t qx, int32_t qy, int32_t dx, int32_t dy, int32_t square)
{
    const int32_t along = qx * dx + qy * dy, length = dx * dx + dy * dy;
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
    const int32_t radius = drawing->radius, square = radius * radius;
    const int32_t ay = ink_placed(drawing, start, 1), by = ink_placed(drawing, end, 1);
    if (y <= ink_smaller(ay, by) - radius || y >= ink_larger(ay, by) + radius)
        return;
    const int32_t ax = ink_placed(drawing, start, 0), bx = ink_placed(drawing, end, 0);
    const int32_t last = ink_pixel(ink_larger(ax, bx) + radius - 1);
    for (int32_t x = ink_pixel(ink_smaller(ax, bx) - radius); x < last; x++)
        if (ink_is_near(x * INK_FINE + INK_FINE / 2 - ax, y - ay, bx - ax, by - ay, square))
            drawing->row[x] = 255;
}

INK_LOCAL void ink_paint(const pilgi_ink_view *view, int32_t row)
{
    const ink_drawing *drawing = (const ink_drawing *)view;
    const int32_t *point = drawing->xy, y = row * INK_FINE + INK_FINE / 2;
    memset(drawing->row, 0, (size_t)view->width);
    for (int32_t stroke = 0; stroke < drawing->strokes; stroke++)
        for (int32_t at = 0; at < drawing->lengths[stroke]; at++, point += 2)
            ink_cover(drawing, at ? point - 2 : point, point, y);
}

/* Find where the drawing begins, how large it is, and which side fills the room that there is. */
static void ink_extent(ink_drawing *drawing, int32_t points, const int32_t room[2], int32_t *last)
{
    uint32_t size[2];
    for (int axis = 0; axis < 2; axis++) {
        const int32_t *at = drawing->xy + axis;
        const int turned = axis && drawing->y_up;
        int32_t low = *at, high = *at;
        for (int32_t point = 1; point < points; point++) {
            low = ink_smaller(low, at[2 * point]);
            high = ink_larger(high, at[2 * point]);
        }
        size[axis] = (uint32_t)high - (uint32_t)low;
        drawing->origin[axis] = (uint32_t)(turned ? high : low);
        last[axis] = turned ? low : high;
    }
    const int axis = (uint64_t)size[0] * (uint32_t)room[1] < (uint64_t)size[1] * (uint32_t)room[0];
    drawing->extent = size[axis];
    drawing->most = (uint32_t)room[axis];
}

/* Which part of a canvas of that size it covers: wherever a disc reaches by a part of a pixel, its
 * chord there is longer than a pixel and holds a centre. Nothing, where there are no points. */
INK_LOCAL void ink_measure_drawing(ink_drawing *drawing, int32_t height, int32_t width)
{
    const int32_t radius = drawing->radius;
    const int32_t room[2] = {INK_FINE * width - 2 * radius, INK_FINE * height - 2 * radius};
    int32_t last[2], points = 0;
    for (int32_t stroke = 0; stroke < drawing->strokes; stroke++)
        points += drawing->lengths[stroke];
    memset(&drawing->view, 0, sizeof drawing->view);
    if (!points)
        return;
    ink_extent(drawing, points, room, last);
    drawing->view.pixels = drawing->row;
    drawing->view.right = 1;
    drawing->view.paint = ink_paint;
    drawing->view.width = ink_pixel(ink_placed(drawing, last, 0) + radius - 1);
    drawing->view.height = ink_pixel(ink_placed(drawing, last, 1) + radius - 1);
}
