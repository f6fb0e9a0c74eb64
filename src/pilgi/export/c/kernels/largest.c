/* y = max q over each window; layers/pooling.py. */
#include "int8.h"

typedef struct {
    int16_t height, width, channels, made_height, made_width;
    uint8_t rows, columns, down, right;
} pilgi_largest_t;

static void pilgi_largest(const pilgi_largest_t *l, const int8_t *in, int8_t *made)
{
    for (int y = 0; y < l->made_height; y++)
        for (int x = 0; x < l->made_width; x++)
            for (int c = 0; c < l->channels; c++) {
                int8_t most = -128;
                for (int row = 0; row < l->rows; row++)
                    for (int column = 0; column < l->columns; column++) {
                        const int at = (y * l->down + row) * l->width + x * l->right + column;
                        const int8_t value = in[(int32_t)at * l->channels + c];
                        most = value > most ? value : most;
                    }
                *made++ = most;
            }
}
