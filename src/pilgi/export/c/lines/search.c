/* Prefix beam search: the texts a lattice may hold, the likeliest first; lines/search.py. */
#include "line.h"
#include "logarithms.c"

#define PILGI_BEAM 16
#define PILGI_RULED_BEAM 32
#define PILGI_LONGEST 127
#define PILGI_MOST_LABELS 12
#define PILGI_UNTRIED (-217706) /* 10^-4 */
#define PILGI_RULED_UNTRIED (-326559) /* 10^-6 */
#define PILGI_BETWEEN 10

typedef struct {
    uint8_t labels[PILGI_LONGEST];
    uint8_t length;
} pilgi_text_t;

/* A text so far, its paths that end in blank, and those that do not. */
typedef struct {
    pilgi_text_t text;
    int16_t state; /* of the pattern */
    int32_t closed, opened;
} pilgi_prefix_t;

/* A prefix of the beam with a label more. */
typedef struct {
    uint8_t from, label;
    int16_t state;
    int32_t chance;
} pilgi_longer_t;

typedef struct {
    const recognizer_pattern_t *pattern; /* 0: any number */
    pilgi_prefix_t beam[PILGI_RULED_BEAM], next[PILGI_RULED_BEAM], kept[PILGI_RULED_BEAM];
    pilgi_longer_t longer[PILGI_RULED_BEAM * PILGI_MOST_LABELS];
    int32_t totals[PILGI_RULED_BEAM + PILGI_RULED_BEAM * PILGI_MOST_LABELS];
    uint8_t tried[PILGI_MOST_LABELS];
    int count, fresh, trying;
} pilgi_search_t;

/* The state after a label more; separators change nothing, and what is no digit fits nowhere. */
static int16_t pilgi_after(const recognizer_pattern_t *pattern, int16_t state, int label)
{
    if (!pattern || state < 0 || label == PILGI_BETWEEN)
        return state;
    return label < PILGI_BETWEEN ? pattern->following[state][label] : -1;
}

/* Whether a text is a number that looks so. */
static int pilgi_fits(const recognizer_pattern_t *pattern, const pilgi_text_t *text)
{
    int16_t state = 0;
    for (int at = 0; at < text->length; at++)
        state = pilgi_after(pattern, state, text->labels[at]);
    return !pattern || (state >= 0 && pattern->ends[state]);
}

static int pilgi_same(const pilgi_text_t *one, const pilgi_text_t *other)
{
    int at = 0;
    while (at < one->length && at < other->length && one->labels[at] == other->labels[at])
        at++;
    return at == one->length && at == other->length;
}

static int pilgi_last(const pilgi_text_t *text)
{
    return text->length ? text->labels[text->length - 1] : -1;
}

static void pilgi_try(pilgi_search_t *s, const int32_t *step, int labels)
{
    const int32_t least = s->pattern ? PILGI_RULED_UNTRIED : PILGI_UNTRIED;
    int32_t most = step[0];
    for (int at = 1; at <= labels; at++)
        most = step[at] > most ? step[at] : most;
    s->trying = 0;
    for (int at = 0; at < labels; at++)
        if (step[at] > most + least)
            s->tried[s->trying++] = (uint8_t)at;
}

/* The prefixes as they are: `next` has them one step on. */
static void pilgi_stay(pilgi_search_t *s, const int32_t *step, int labels)
{
    for (int at = 0; at < s->count; at++) {
        const pilgi_prefix_t *now = &s->beam[at];
        const int last = pilgi_last(&now->text);
        s->next[at] = *now;
        s->next[at].closed = step[labels] + s->totals[at];
        s->next[at].opened = PILGI_NONE;
        for (int tried = 0; tried < s->trying; tried++)
            if (s->tried[tried] == last)
                s->next[at].opened = step[last] + now->opened;
    }
}

/* Add a prefix with a label more to the one of `next` that already reads so, or to what is new. */
static void pilgi_lengthen(pilgi_search_t *s, int from, uint8_t label, int32_t chance)
{
    const int16_t state = pilgi_after(s->pattern, s->beam[from].state, label);
    if (state < 0)
        return;
    pilgi_text_t text = s->beam[from].text;
    text.labels[text.length++] = label;
    for (int at = 0; at < s->count; at++)
        if (pilgi_same(&s->next[at].text, &text)) {
            s->next[at].opened = pilgi_either(s->next[at].opened, chance);
            return;
        }
    const pilgi_longer_t longer = {(uint8_t)from, label, state, chance};
    s->longer[s->fresh++] = longer;
}

static void pilgi_grow(pilgi_search_t *s, const int32_t *step)
{
    s->fresh = 0;
    for (int at = 0; at < s->count; at++) {
        const pilgi_prefix_t *now = &s->beam[at];
        for (int tried = 0; now->text.length < PILGI_LONGEST && tried < s->trying; tried++) {
            const uint8_t label = s->tried[tried];
            const int repeated = label == pilgi_last(&now->text);
            const int32_t before = repeated ? now->closed : s->totals[at];
            pilgi_lengthen(s, at, label, step[label] + before);
        }
    }
}

/* The likeliest of what there is become the beam; of equals the first. */
static void pilgi_keep(pilgi_search_t *s)
{
    const int stayed = s->count, all = stayed + s->fresh;
    const int beam = s->pattern ? PILGI_RULED_BEAM : PILGI_BEAM;
    for (int at = 0; at < all; at++)
        s->totals[at] = at < stayed ? pilgi_either(s->next[at].closed, s->next[at].opened)
                                    : pilgi_either(PILGI_NONE, s->longer[at - stayed].chance);
    for (s->count = 0; s->count < beam && s->count < all; s->count++) {
        int best = -1;
        for (int at = 0; at < all; at++)
            if (s->totals[at] != INT32_MIN && (best < 0 || s->totals[at] > s->totals[best]))
                best = at;
        s->totals[best] = INT32_MIN;
        if (best < stayed) {
            s->kept[s->count] = s->next[best];
            continue;
        }
        const pilgi_longer_t *longer = &s->longer[best - stayed];
        pilgi_prefix_t *grown = &s->kept[s->count];
        grown->text = s->beam[longer->from].text;
        grown->text.labels[grown->text.length++] = longer->label;
        grown->state = longer->state;
        grown->closed = PILGI_NONE;
        grown->opened = longer->chance;
    }
    for (int at = 0; at < s->count; at++)
        s->beam[at] = s->kept[at];
}

/* labels: without blank, which follows them in each step. The beam and its totals are left. */
static void pilgi_search(pilgi_search_t *s, const int32_t *lattice, int32_t steps, int labels)
{
    s->beam[0].text.length = 0;
    s->beam[0].state = 0;
    s->beam[0].closed = 0;
    s->beam[0].opened = PILGI_NONE;
    s->count = 1;
    for (; steps; steps--, lattice += labels + 1) {
        for (int at = 0; at < s->count; at++)
            s->totals[at] = pilgi_either(s->beam[at].closed, s->beam[at].opened);
        pilgi_try(s, lattice, labels);
        pilgi_stay(s, lattice, labels);
        pilgi_grow(s, lattice);
        pilgi_keep(s);
    }
    for (int at = 0; at < s->count; at++)
        s->totals[at] = pilgi_either(s->beam[at].closed, s->beam[at].opened);
}
