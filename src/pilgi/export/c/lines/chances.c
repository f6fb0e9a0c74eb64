/* How likely a text is, over every way to spell it, and where its places are; lines/chances.py. */
#include "search.c"

#define PILGI_STATES (2 * PILGI_LONGEST + 1)

/* Lattices of several views of one line, one after another. */
typedef struct {
    const int32_t *lattices;
    int32_t views, steps;
    int labels; /* without blank */
} pilgi_views_t;

/* What stands in a state: blanks around each label. */
static int pilgi_label(const pilgi_text_t *text, int state, int blank)
{
    return state % 2 ? text->labels[state / 2] : blank;
}

static int pilgi_skips(const pilgi_text_t *text, int state)
{
    return state % 2 && state > 2 && text->labels[state / 2] != text->labels[state / 2 - 1];
}

static int32_t pilgi_likelihood(
    const int32_t *lattice, int32_t steps, int labels, const pilgi_text_t *text)
{
    static int32_t ways[PILGI_STATES];
    const int states = 2 * text->length + 1;
    for (int at = 0; at < states; at++)
        ways[at] = at ? PILGI_NONE : 0;
    for (; steps; steps--, lattice += labels + 1)
        for (int at = states - 1; at >= 0; at--) {
            int32_t sum = at ? pilgi_either(ways[at], ways[at - 1]) : ways[at];
            if (at > 1)
                sum = pilgi_either(sum, pilgi_skips(text, at) ? ways[at - 2] : PILGI_NONE);
            ways[at] = sum + lattice[pilgi_label(text, at, labels)];
        }
    return states > 1 ? pilgi_either(ways[states - 2], ways[states - 1]) : ways[0];
}

static int32_t pilgi_chance(const pilgi_views_t *v, const pilgi_text_t *text)
{
    const int32_t size = v->steps * (v->labels + 1);
    int32_t sum = pilgi_likelihood(v->lattices, v->steps, v->labels, text);
    for (int view = 1; view < v->views; view++) {
        const int32_t *lattice = v->lattices + view * size;
        sum = pilgi_either(sum, pilgi_likelihood(lattice, v->steps, v->labels, text));
    }
    return sum;
}

/* One step of the likeliest path; `came` says from how many states before each. */
static void pilgi_follow(
    const int32_t *step, int labels, const pilgi_text_t *text, int32_t *best, uint8_t *came)
{
    for (int at = 2 * text->length; at >= 0; at--) {
        const int32_t before = at ? best[at - 1] : PILGI_NONE;
        const int32_t further = pilgi_skips(text, at) ? best[at - 2] : PILGI_NONE;
        came[at] = 0;
        if (before > best[at]) {
            best[at] = before;
            came[at] = 1;
        }
        if (further > best[at]) {
            best[at] = further;
            came[at] = 2;
        }
        best[at] += step[pilgi_label(text, at, labels)];
    }
}

/* The first and the last step of each place on the first view's likeliest path. came: a byte for
 * each state of each step. */
static void pilgi_places(
    const pilgi_views_t *v, const pilgi_text_t *text, uint8_t *came, int16_t (*ends)[2])
{
    static int32_t best[PILGI_STATES];
    const int states = 2 * text->length + 1;
    for (int at = 0; at < states; at++)
        best[at] = at ? PILGI_NONE : 0;
    for (int32_t step = 0; step < v->steps; step++)
        pilgi_follow(v->lattices + step * (v->labels + 1), v->labels, text, best, came + step * states);
    for (int at = 0; at < text->length; at++)
        ends[at][0] = ends[at][1] = -1;
    int at = states - 1 - (states > 1 && best[states - 2] > best[states - 1]);
    for (int32_t step = v->steps - 1; step >= 0; step--) {
        if (at % 2) {
            ends[at / 2][0] = (int16_t)step;
            ends[at / 2][1] = ends[at / 2][1] < 0 ? (int16_t)step : ends[at / 2][1];
        }
        at -= came[step * states + at];
    }
}
