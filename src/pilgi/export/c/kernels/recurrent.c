/* y = h of each column, of two directions side by side; the equations are in layers/recurrent.py. */
#include "int8.h"

#define PILGI_CELLS 256 /* the most of one direction; quantise/integers.py refuses more */

typedef struct {
    const int8_t *weights; /* directions, 4 hidden, inputs + hidden */
    const int16_t *bias;
    const uint16_t *mantissas;
    int16_t width, inputs, hidden;
    uint8_t directions, bias_shift, shift;
    int16_t zero;
} pilgi_recurrent_t;

/* 2^15 tanh(k / 32). */
static const uint16_t pilgi_tanhs[257] = {
    0, 1024, 2045, 3063, 4075, 5079, 6073, 7056, 8025, 8980, 9919, 10840, 11743, 12625, 13486,
    14326, 15143, 15936, 16706, 17452, 18173, 18870, 19542, 20189, 20813, 21411, 21986, 22538,
    23066, 23571, 24054, 24516, 24956, 25376, 25776, 26157, 26519, 26864, 27191, 27502, 27797,
    28076, 28341, 28592, 28830, 29055, 29268, 29470, 29660, 29840, 30010, 30170, 30322, 30465,
    30600, 30727, 30847, 30960, 31067, 31167, 31262, 31351, 31435, 31515, 31589, 31659, 31726,
    31788, 31846, 31901, 31953, 32002, 32048, 32091, 32132, 32170, 32206, 32240, 32271, 32301,
    32329, 32356, 32381, 32404, 32426, 32447, 32466, 32484, 32501, 32517, 32532, 32547, 32560,
    32573, 32584, 32596, 32606, 32616, 32625, 32634, 32642, 32649, 32657, 32663, 32670, 32676,
    32681, 32686, 32691, 32696, 32700, 32704, 32708, 32712, 32715, 32718, 32721, 32724, 32727,
    32729, 32732, 32734, 32736, 32738, 32740, 32741, 32743, 32745, 32746, 32747, 32749, 32750,
    32751, 32752, 32753, 32754, 32755, 32755, 32756, 32757, 32758, 32758, 32759, 32759, 32760,
    32760, 32761, 32761, 32762, 32762, 32762, 32763, 32763, 32763, 32764, 32764, 32764, 32764,
    32765, 32765, 32765, 32765, 32765, 32766, 32766, 32766, 32766, 32766, 32766, 32766, 32766,
    32767, 32767, 32767, 32767, 32767, 32767, 32767, 32767, 32767, 32767, 32767, 32767, 32767,
    32767, 32767, 32767, 32767, 32767, 32768, 32768, 32768, 32768, 32768, 32768, 32768, 32768,
    32768, 32768, 32768, 32768, 32768, 32768, 32768, 32768, 32768, 32768, 32768, 32768, 32768,
    32768, 32768, 32768, 32768, 32768, 32768, 32768, 32768, 32768, 32768, 32768, 32768, 32768,
    32768, 32768, 32768, 32768, 32768, 32768, 32768, 32768, 32768, 32768, 32768, 32768, 32768,
    32768, 32768, 32768, 32768, 32768, 32768, 32768, 32768, 32768, 32768, 32768, 32768, 32768,
    32768, 32768, 32768, 32768, 32768, 32768, 32768, 32768,
};

static int32_t pilgi_held(int32_t value)
{
    return value < -32767 ? -32767 : value > 32767 ? 32767 : value;
}

static int32_t pilgi_tanh(int32_t value)
{
    const int32_t size = value < 0 ? -value : value, step = size >> 7;
    const int32_t low = pilgi_tanhs[step], rise = pilgi_tanhs[step + 1] - low;
    const int32_t found = low + ((rise * (size & 127)) >> 7);
    return value < 0 ? -found : found;
}

/* The sum of one row over a column and what the column before it gave; 0: there is none. */
static int32_t pilgi_row(
    const pilgi_recurrent_t *l, int32_t row, const int8_t *column, const int8_t *before)
{
    const int8_t *weights = l->weights + row * (l->inputs + l->hidden);
    const int zero = l->zero;
    int32_t sum = l->bias[row] * ((int32_t)1 << l->bias_shift);
    for (int at = 0; at < l->inputs; at++)
        sum += weights[at] * (column[at] - zero);
    weights += l->inputs;
    for (int at = 0; before && at < l->hidden; at++)
        sum += weights[at] * before[at];
    return pilgi_held(pilgi_scaled(sum, l->mantissas[row], l->shift));
}

static int32_t pilgi_gate(
    const pilgi_recurrent_t *l, int32_t row, const int8_t *column, const int8_t *before)
{
    return (32768 + pilgi_tanh(pilgi_row(l, row, column, before) >> 1)) >> 1;
}

static void pilgi_column(const pilgi_recurrent_t *l, int32_t row, const int8_t *column,
                         const int8_t *before, int16_t *cells, int8_t *made)
{
    for (int unit = 0; unit < l->hidden; unit++, row++) {
        const int32_t in = pilgi_gate(l, row, column, before);
        const int32_t out = pilgi_gate(l, row + l->hidden, column, before);
        const int32_t kept = pilgi_gate(l, row + 2 * l->hidden, column, before);
        const int32_t added = pilgi_tanh(pilgi_row(l, row + 3 * l->hidden, column, before));
        const int32_t cell = (kept * cells[unit] + ((in * added) >> 3) + 16384) >> 15;
        cells[unit] = (int16_t)pilgi_held(cell);
        made[unit] = pilgi_saturated((out * pilgi_tanh(cells[unit]) + 4194304) >> 23);
    }
}

static void pilgi_recurrent(const pilgi_recurrent_t *l, const int8_t *in, int8_t *made)
{
    const int32_t across = l->directions * l->hidden;
    for (int way = 0; way < l->directions; way++) {
        int16_t cells[PILGI_CELLS] = {0};
        const int8_t *before = 0;
        for (int step = 0; step < l->width; step++) {
            const int x = way ? l->width - 1 - step : step;
            int8_t *here = made + x * across + way * l->hidden;
            pilgi_column(l, way * 4 * l->hidden, in + (int32_t)x * l->inputs, before, cells, here);
            before = here;
        }
    }
}
