/* a_o = b_o + sum w_oi (q_i - z),  y_o = z' + f(a_o) M_o / 2^s_o; layers/convolution.py. */
#include "int8.h"

typedef struct {
    const int8_t *weights; /* outputs, rows, columns, inputs; depthwise: channels, rows, columns */
    const int32_t *bias;
    const uint16_t *mantissas;
    const uint8_t *shifts;
    int16_t height, width, channels;
    int16_t made_height, made_width, made_channels;
    uint8_t rows, columns, down, right, top, left;
    uint8_t depthwise, last;
    uint16_t slope;
    int16_t zero, made_zero;
} pilgi_convolution_t;

static int32_t pilgi_dot(const int8_t *weights, const int8_t *values, int count, int zero)
{
    int32_t sum = 0;
    for (int at = 0; at < count; at++)
        sum += weights[at] * (values[at] - zero);
    return sum;
}

static int32_t pilgi_window(const pilgi_convolution_t *l, const int8_t *in, int y, int x, int o)
{
    const int channels = l->depthwise ? 1 : l->channels;
    const int8_t *weights = l->weights + (int32_t)o * l->rows * l->columns * channels;
    int32_t sum = l->bias[o];
    for (int row = 0; row < l->rows; row++) {
        const int from_y = y * l->down - l->top + row;
        for (int column = 0; column < l->columns; column++, weights += channels) {
            const int from_x = x * l->right - l->left + column;
            if (from_y < 0 || from_x < 0 || from_y >= l->height || from_x >= l->width)
                continue;
            const int8_t *values = in + (int32_t)(from_y * l->width + from_x) * l->channels;
            sum += pilgi_dot(weights, values + (l->depthwise ? o : 0), channels, l->zero);
        }
    }
    return sum;
}

static void pilgi_convolution(const pilgi_convolution_t *l, const int8_t *in, void *made)
{
    int8_t *bytes = made;
    int32_t *logits = made;
    for (int y = 0; y < l->made_height; y++)
        for (int x = 0; x < l->made_width; x++)
            for (int o = 0; o < l->made_channels; o++) {
                const int32_t sum = pilgi_sloped(pilgi_window(l, in, y, x, o), l->slope);
                const int32_t found = pilgi_scaled(sum, l->mantissas[o], l->shifts[o]);
                if (l->last)
                    *logits++ = found;
                else
                    *bytes++ = pilgi_saturated(found + l->made_zero);
            }
}
