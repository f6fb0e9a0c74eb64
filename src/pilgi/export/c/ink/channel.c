/* The one grey channel of a colour picture in which ink stands out best; pilgi/ink/channel.py. */
#include "steps.h"

#define INK_RIDGE 25

/* A colour, or its difference from the border's mean. */
typedef struct {
    int64_t of[3];
} ink_triple;

/* s(x) = w (x - m) or, where it is squared, (x - m) A (x - m). */
typedef struct {
    const ink_colour *colour;
    int64_t mean[3], inverse[3][3], axis[3];
} ink_axes;

/* Rounded down; the divisor is positive. */
static int64_t ink_floored(int64_t numerator, int64_t divisor)
{
    const int64_t quotient = numerator / divisor;
    return quotient - (quotient * divisor > numerator);
}

static ink_triple ink_difference(const ink_axes *axes, int32_t row, int32_t column)
{
    ink_triple found;
    for (int at = 0; at < 3; at++)
        found.of[at] = pilgi_ink_at(&axes->colour->channels[at], row, column) - axes->mean[at];
    return found;
}

static int64_t ink_dot(const int64_t *a, const int64_t *b)
{
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/* The mean of `count` triples of that sum, rounded half up. */
static void ink_mean(int64_t *mean, const int64_t *sum, int64_t count)
{
    for (int at = 0; at < 3; at++)
        mean[at] = ink_floored(2 * sum[at] + count, 2 * count);
}

/* m: the mean of the border's colours. A: the adjugate of their covariance, with 25 more for each
 * channel's own, which is the cross products of its rows. */
static void ink_measure_border(ink_axes *axes)
{
    const pilgi_ink_view *view = axes->colour->channels;
    const int32_t count = ink_border(view);
    int64_t sum[3] = {0}, spread[3][3] = {{0}};
    int32_t row, column;
    memset(axes->mean, 0, sizeof axes->mean);
    for (int32_t at = 0; at < count; at++) {
        ink_border_place(view, at, &row, &column);
        for (int each = 0; each < 3; each++)
            sum[each] += ink_difference(axes, row, column).of[each];
    }
    ink_mean(axes->mean, sum, count);
    for (int32_t at = 0; at < count; at++) {
        ink_border_place(view, at, &row, &column);
        const ink_triple x = ink_difference(axes, row, column);
        for (int each = 0; each < 9; each++)
            spread[each / 3][each % 3] += x.of[each / 3] * x.of[each % 3];
    }
    for (int each = 0; each < 9; each++)
        spread[each / 3][each % 3] =
            ink_floored(spread[each / 3][each % 3], count) + (each % 4 ? 0 : INK_RIDGE);
    for (int each = 0; each < 9; each++) {
        const int64_t *a = spread[(each / 3 + 1) % 3], *b = spread[(each / 3 + 2) % 3];
        const int next = (each % 3 + 1) % 3, last = (each % 3 + 2) % 3;
        axes->inverse[each / 3][each % 3] = a[next] * b[last] - a[last] * b[next];
    }
}

static int64_t ink_distance(const ink_axes *axes, int32_t row, int32_t column)
{
    const ink_triple x = ink_difference(axes, row, column);
    int64_t rows[3];
    for (int at = 0; at < 3; at++)
        rows[at] = ink_dot(axes->inverse[at], x.of);
    return ink_dot(rows, x.of);
}

/* Put the pixels beyond Otsu's threshold of the squared distances into the first mask and the axis
 * on which their mean lies farthest into axes->axis. Return how many they are. */
static uint32_t ink_find_far(ink_axes *axes, const ink_plane *cut, const ink_work *work)
{
    uint8_t *far = work->masks;
    int64_t largest = 1, sum[3] = {0}, mean[3];
    uint32_t found = 0;
    pilgi_ink_view seen;
    for (int32_t row = 0; row < cut->height; row++)
        for (int32_t column = 0; column < cut->width; column++) {
            const int64_t distance = ink_distance(axes, row, column);
            largest = distance > largest ? distance : largest;
        }
    for (int32_t row = 0; row < cut->height; row++)
        for (int32_t column = 0; column < cut->width; column++)
            cut->pixels[ink_place(cut, row, column)] =
                (uint8_t)(255 * ink_distance(axes, row, column) / largest);
    ink_see(&seen, cut);
    ink_count(&seen, work->counts);
    const uint8_t threshold = ink_otsu(work->counts);
    for (int32_t row = 0; row < cut->height; row++)
        for (int32_t column = 0; column < cut->width; column++) {
            const int32_t at = ink_place(cut, row, column);
            ink_put(far, at, cut->pixels[at] > threshold);
            if (cut->pixels[at] <= threshold)
                continue;
            for (int each = 0; each < 3; each++)
                sum[each] += ink_difference(axes, row, column).of[each];
            found++;
        }
    if (found)
        ink_mean(mean, sum, found);
    for (int at = 0; found && at < 3; at++)
        axes->axis[at] = ink_dot(axes->inverse[at], mean);
    return found;
}

static int64_t ink_along(const ink_axes *axes, int32_t row, int32_t column)
{
    const ink_triple x = ink_difference(axes, row, column);
    return ink_dot(axes->axis, x.of);
}

/* The upper quartile of s among the far pixels, found by halving the range it may lie in; 1 where
 * it is less. */
static int64_t ink_quartile(const ink_axes *axes, const ink_plane *plane, const uint8_t *far,
                            uint32_t found)
{
    const uint32_t rank = (3 * found - 3) / 4;
    int64_t low = 1, high = (int64_t)1 << 53;
    while (low < high) {
        const int64_t middle = low + (high - low) / 2;
        uint32_t upto = 0;
        for (int32_t row = 0; row < plane->height; row++)
            for (int32_t column = 0; column < plane->width; column++)
                upto += ink_has(far, ink_place(plane, row, column)) &&
                        ink_along(axes, row, column) <= middle;
        if (upto > rank)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

/* 255 at the border's mean colour, 0 at the ink's; 255 everywhere where nothing is far. */
static void ink_discriminate(const ink_colour *colour, const ink_plane *made, const ink_work *work)
{
    ink_axes axes;
    axes.colour = colour;
    ink_measure_border(&axes);
    const uint32_t found = ink_find_far(&axes, made, work);
    memset(made->pixels, 255, (size_t)(made->height * made->width));
    if (!found)
        return;
    const int64_t ink = ink_quartile(&axes, made, work->masks, found);
    for (int32_t row = 0; row < made->height; row++)
        for (int32_t column = 0; column < made->width; column++) {
            const int64_t along = ink_along(&axes, row, column);
            const int64_t share = along < 0 ? 0 : along > ink ? 255 : 255 * along / ink;
            made->pixels[ink_place(made, row, column)] = (uint8_t)(255 - share);
        }
}

/* Rec. 601. */
static void ink_luma(const ink_colour *colour, const ink_plane *made)
{
    static const uint16_t weights[3] = {299, 587, 114};
    for (int32_t row = 0; row < made->height; row++)
        for (int32_t column = 0; column < made->width; column++) {
            uint32_t sum = 500;
            for (int at = 0; at < 3; at++)
                sum += weights[at] * (uint32_t)pilgi_ink_at(&colour->channels[at], row, column);
            made->pixels[ink_place(made, row, column)] = (uint8_t)(sum / 1000);
        }
}

/* How well ink parts from paper in a channel whose light was evened: g g p p / (w0 w1 V) as
 * numerator[4] and denominator[2], p of the border's pixels being paper; 0 where the means of its
 * classes lie less than 24 levels apart. */
static void ink_separate(const ink_plane *made, int32_t extent, ink_work *work,
                         uint64_t *numerator, uint64_t *denominator)
{
    uint64_t total = 0, mass = 0, squares = 0, below = 0, low = 0;
    pilgi_ink_view view;
    ink_see(&view, made);
    ink_darken(&view, work->counts);
    ink_even_light(&view, extent, work);
    ink_count(&view, work->counts);
    const uint8_t threshold = ink_otsu(work->counts);
    for (uint32_t level = 0; level < 256; level++) {
        const uint64_t count = work->counts[level];
        total += count;
        mass += count * level;
        squares += count * level * level;
        if (level == threshold) {
            below = total;
            low = mass;
        }
    }
    const uint64_t gap = mass * below - low * total, pairs = below * (total - below);
    const int apart = pairs && gap >= INK_FAINTEST * pairs;
    ink_count_border(&view, work->counts);
    numerator[0] = numerator[1] = apart ? gap : 0;
    numerator[2] = numerator[3] = ink_total(work->counts, threshold + 1, 255);
    denominator[0] = apart ? pairs : 1;
    denominator[1] = apart ? total * squares - mass * mass : 1;
}

/* Make the better of luma and the discriminant in the plane `reduced`: luma where they tie. */
INK_LOCAL void ink_clearest(const ink_colour *colour, pilgi_ink_view *view, int32_t extent,
                            ink_work *work)
{
    const int32_t height = colour->channels->height, width = colour->channels->width;
    const ink_plane made = {work->reduced, height, width, width, 1};
    uint64_t light[6], tint[6];
    ink_luma(colour, &made);
    ink_separate(&made, extent, work, light, tint + 4);
    ink_discriminate(colour, &made, work);
    ink_separate(&made, extent, work, tint, light + 4);
    if (!ink_product_is_more(tint, light, 6))
        ink_luma(colour, &made);
    ink_see(view, &made);
}
