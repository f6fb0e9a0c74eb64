/* Pen strokes -> a picture of one line; pilgi/ink/strokes.py. */
#include "steps.h"

#define INK_LINE_RADIUS 165

int pilgi_line_picture(const int32_t *xy, const uint16_t *lengths, int32_t strokes, int y_up,
                       uint8_t *picture, int32_t *height, int32_t *width)
{
    uint8_t row[PILGI_LINE_LONG];
    ink_drawing drawing = {.xy = xy, .lengths = lengths, .strokes = strokes, .y_up = y_up,
                           .radius = INK_LINE_RADIUS, .row = row};
    ink_measure_drawing(&drawing, INK_WORKING_SIDE, PILGI_LINE_LONG);
    *height = drawing.view.height + 2 * PILGI_LINE_PAPER;
    *width = drawing.view.width + 2 * PILGI_LINE_PAPER;
    memset(picture, 255, (size_t)(*height * *width));
    for (int32_t at = 0; at < drawing.view.height; at++) {
        uint8_t *to = picture + (at + PILGI_LINE_PAPER) * *width + PILGI_LINE_PAPER;
        ink_paint(&drawing.view, at);
        for (int32_t column = 0; column < drawing.view.width; column++)
            to[column] = (uint8_t)(255 - row[column]);
    }
    return PILGI_INK_OK;
}
