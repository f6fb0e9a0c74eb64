/* Pen strokes -> 28x28 ink; pilgi/ink/strokes.py. Scaling asks for the canvas's rows. */
#include "steps.h"

#define INK_CANVAS 160
#define INK_RADIUS 149

int pilgi_ink_from_strokes(const int32_t *xy, const uint16_t *lengths, int32_t strokes, int y_up,
                           uint8_t ink[784])
{
    uint8_t row[INK_CANVAS];
    uint32_t sums[20];
    ink_plane scaled = {ink, 0, 0, 0, 1};
    ink_drawing drawing = {.xy = xy, .lengths = lengths, .strokes = strokes, .y_up = y_up,
                           .radius = INK_RADIUS, .row = row};
    ink_measure_drawing(&drawing, INK_CANVAS, INK_CANVAS);
    if (drawing.view.height)
        ink_scale(&drawing.view, &scaled, sums);
    ink_centre(&scaled);
    return PILGI_INK_OK;
}
