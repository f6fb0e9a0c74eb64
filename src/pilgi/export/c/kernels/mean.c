/* y = z' + sum (q - z) M / 2^s over each window; layers/pooling.py. */
#include "int8.h"

typedef struct {
    int16_t height, width, channels, made_height, made_width;
    uint8_t rows, columns, down, right;
    uint16_t mantissa;
    uint8_t shift;
    int16_t zero, made_zero;
} pilgi_mean_t;

static void pilgi_mean(const pilgi_mean_t *l, const int8_t *in, int8_t *made)
{
    for (int y = 0; y < l->made_height; y++)
        for (int x = 0; x < l->made_width; x++)
            for (int c = 0; c < l->channels; c++) {
                int32_t sum = 0;
                for (int row = 0; row < l->rows; row++)
                    for (int column = 0; column < l->columns; column++) {
                        const int at = (y * l->down + row) * l->width + x * l->right + column;
                        sum += in[(int32_t)at * l->channels + c] - l->zero;
                    }
                *made++ = pilgi_saturated(pilgi_scaled(sum, l->mantissa, l->shift) + l->made_zero);
            }
}
