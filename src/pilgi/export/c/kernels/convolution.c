/* a_o = 2^k b_o + sum w_oi (q_i - z),  y_o = z' + f(a_o) M_o / 2^s; layers/convolution.py. */
#include "int8.h"

typedef struct {
    const int8_t *weights; /* outputs, rows, columns, inputs; depthwise: channels, rows, columns */
    const int16_t *bias;
    const uint16_t *mantissas;
    int16_t height, width, channels;
    int16_t made_height, made_width, made_channels;
    uint8_t rows, columns, down, right, top, left;
    uint8_t depthwise, last, bias_shift, shift;
    uint16_t slope;
    int16_t zero, made_zero;
} pilgi_convolution_t;

/* The part of a window that lies on the picture: its taps, and where its first value is. */
typedef struct {
    int row, rows, column, columns;
    const int8_t *values;
} pilgi_taps_t;

static int pilgi_clipped(int first, int taps, int side, int *skipped)
{
    const int end = first + taps < side ? first + taps : side;
    *skipped = first < 0 ? -first : 0;
    return end - (first + *skipped);
}

static pilgi_taps_t pilgi_taps(const pilgi_convolution_t *l, const int8_t *in, int y, int x)
{
    const int top = y * l->down - l->top, left = x * l->right - l->left;
    pilgi_taps_t t;
    t.rows = pilgi_clipped(top, l->rows, l->height, &t.row);
    t.columns = pilgi_clipped(left, l->columns, l->width, &t.column);
    t.values = in + (int32_t)((top + t.row) * l->width + left + t.column) * l->channels;
    return t;
}

/* A row of taps is one run of numbers, in the weights and in the picture. */
static int32_t pilgi_sum(const pilgi_convolution_t *l, const pilgi_taps_t *t, int o)
{
    const int run = t->columns * l->channels, zero = l->zero;
    const int8_t *weights = l->weights
        + (int32_t)((o * l->rows + t->row) * l->columns + t->column) * l->channels;
    const int8_t *values = t->values;
    int32_t sum = 0;
    for (int row = 0; row < t->rows; row++) {
        for (int at = 0; at < run; at++)
            sum += weights[at] * (values[at] - zero);
        weights += l->columns * l->channels;
        values += l->width * l->channels;
    }
    return sum;
}

static int32_t pilgi_sum_of_one(const pilgi_convolution_t *l, const pilgi_taps_t *t, int o)
{
    const int channels = l->channels, zero = l->zero;
    const int8_t *weights = l->weights + (o * l->rows + t->row) * l->columns + t->column;
    const int8_t *values = t->values + o;
    int32_t sum = 0;
    for (int row = 0; row < t->rows; row++) {
        for (int column = 0; column < t->columns; column++)
            sum += weights[column] * (values[column * channels] - zero);
        weights += l->columns;
        values += l->width * channels;
    }
    return sum;
}

static void pilgi_convolution(const pilgi_convolution_t *l, const int8_t *in, void *made)
{
    int8_t *bytes = made;
    int32_t *logits = made;
    for (int y = 0; y < l->made_height; y++)
        for (int x = 0; x < l->made_width; x++) {
            const pilgi_taps_t taps = pilgi_taps(l, in, y, x);
            for (int o = 0; o < l->made_channels; o++) {
                int32_t sum = l->depthwise ? pilgi_sum_of_one(l, &taps, o) : pilgi_sum(l, &taps, o);
                sum += l->bias[o] * ((int32_t)1 << l->bias_shift);
                sum = pilgi_scaled(pilgi_sloped(sum, l->slope), l->mantissas[o], l->shift);
                if (l->last)
                    *logits++ = sum;
                else
                    *bytes++ = pilgi_saturated(sum + l->made_zero);
            }
        }
}
