/* From lattices to the number that stands in a line; lines/answer.py. */
#include "../kernels/power.h"
#include "line.h"
#include "chances.c"

#define PILGI_SEPARATOR 10
#define PILGI_OTHER 11
#define PILGI_DIGITS 10
#define PILGI_UNLIKELY (-326559) /* 10^-6 */
#define PILGI_TEXTS (3 * PILGI_RULED_BEAM)

typedef struct {
    pilgi_text_t texts[PILGI_TEXTS];
    int32_t chances[PILGI_TEXTS];
    int count;
} pilgi_texts_t;

static uint16_t pilgi_part(int32_t below)
{
    return (uint16_t)((pilgi_share(((below > 0 ? below : 0) + 2) >> 2) * 65535u) >> 16);
}

static void pilgi_gather(pilgi_texts_t *found, const pilgi_search_t *s)
{
    for (int at = 0; at < s->count; at++) {
        int place = 0;
        if (s->pattern && !s->pattern->ends[s->beam[at].state])
            continue;
        while (place < found->count && !pilgi_same(&found->texts[place], &s->beam[at].text))
            place++;
        if (place == found->count) {
            found->texts[found->count++] = s->beam[at].text;
            found->chances[place] = s->totals[at];
        } else
            found->chances[place] = pilgi_either(found->chances[place], s->totals[at]);
    }
}

/* The texts that any view's beam ends with, as likely as in all views. */
static void pilgi_candidates(const pilgi_views_t *v, pilgi_search_t *s, pilgi_texts_t *found)
{
    found->count = 0;
    for (int32_t view = 0; view < v->views; view++) {
        pilgi_search(s, v->lattices + view * v->steps * (v->labels + 1), v->steps, v->labels);
        pilgi_gather(found, s);
    }
    int32_t most = found->count ? found->chances[0] : 0;
    for (int at = 1; at < found->count; at++)
        most = found->chances[at] > most ? found->chances[at] : most;
    int kept = 0;
    for (int at = 0; at < found->count; at++)
        if (found->chances[at] >= most + PILGI_UNLIKELY) {
            found->texts[kept] = found->texts[at];
            found->chances[kept] = pilgi_chance(v, &found->texts[kept]);
            kept++;
        }
    found->count = kept;
}

/* Whether two texts differ in their separators alone. */
static int pilgi_one_number(const pilgi_text_t *one, const pilgi_text_t *other)
{
    int mine = 0, theirs = 0;
    for (;;) {
        while (mine < one->length && one->labels[mine] == PILGI_SEPARATOR)
            mine++;
        while (theirs < other->length && other->labels[theirs] == PILGI_SEPARATOR)
            theirs++;
        if (mine == one->length || theirs == other->length)
            return mine == one->length && theirs == other->length;
        if (one->labels[mine++] != other->labels[theirs++])
            return 0;
    }
}

/* The likeliest text of the likeliest number; own: that number's logarithm. */
static int pilgi_likeliest_text(const pilgi_texts_t *found, int32_t *own)
{
    int32_t numbers[PILGI_TEXTS] = {0};
    int firsts[PILGI_TEXTS], best = 0, seen = -1;
    for (int at = 0; at < found->count; at++) {
        int first = 0;
        while (first < at && !pilgi_one_number(&found->texts[first], &found->texts[at]))
            first++;
        firsts[at] = first;
        numbers[at] = found->chances[at];
        if (first < at)
            numbers[first] = pilgi_either(numbers[first], numbers[at]);
    }
    for (int at = 1; at < found->count; at++)
        if (firsts[at] == at && numbers[at] > numbers[best])
            best = at;
    for (int at = best; at < found->count; at++)
        if (firsts[at] == best && (seen < 0 || found->chances[at] > found->chances[seen]))
            seen = at;
    *own = numbers[best];
    return seen;
}

/* What a place's labels have, and in `whole` they and nothing in that place together. */
static void pilgi_rivals(const pilgi_views_t *v, const recognizer_pattern_t *pattern,
                         const pilgi_text_t *seen, int at, int32_t own, int32_t *here,
                         int32_t *whole)
{
    pilgi_text_t text = *seen;
    text.length--;
    for (int after = at; after < text.length; after++)
        text.labels[after] = seen->labels[after + 1];
    *whole = pilgi_fits(pattern, &text) ? pilgi_chance(v, &text) : PILGI_NONE;
    text = *seen;
    for (int label = 0; label < v->labels; label++) {
        text.labels[at] = (uint8_t)label;
        here[label] = label == seen->labels[at]    ? own
                      : pilgi_fits(pattern, &text) ? pilgi_chance(v, &text)
                                                   : PILGI_NONE;
        *whole = pilgi_either(*whole, here[label]);
    }
}

static int pilgi_largest_but(const int32_t *here, int but)
{
    int best = but == 0;
    for (int at = best + 1; at < PILGI_DIGITS; at++)
        if (at != but && here[at] > here[best])
            best = at;
    return best;
}

static void pilgi_name(recognizer_place_t *place, int label, const int32_t *here, int32_t whole)
{
    place->label = (int8_t)label;
    place->digit = place->second = -1;
    place->unsure = 0;
    if (label == PILGI_SEPARATOR) {
        place->confidence = pilgi_part(whole - here[label]);
        return;
    }
    const int digit = pilgi_largest_but(here, -1), second = pilgi_largest_but(here, digit);
    place->digit = (int8_t)digit;
    place->second = here[second] > PILGI_NONE ? (int8_t)second : -1;
    place->confidence = pilgi_part(whole - here[digit]);
    place->unsure = pilgi_part(whole - here[second]);
}

/* The logarithm of the digits that are answered where something else is likelier. */
static int32_t pilgi_as_answered(const pilgi_views_t *v, const recognizer_place_t *places, int count)
{
    pilgi_text_t text = {{0}, 0};
    for (int at = 0; at < count; at++)
        if (places[at].digit >= 0)
            text.labels[text.length++] = (uint8_t)places[at].digit;
    return pilgi_chance(v, &text);
}

/* What the texts have that a pattern allows, which is taken for a tenth of everything at least. */
static int32_t pilgi_allowed(const pilgi_texts_t *found, int32_t everything)
{
    const int32_t least = everything - 54426; /* 2^14 log2(10) */
    int32_t all = found->chances[0];
    for (int at = 1; at < found->count; at++)
        all = pilgi_either(all, found->chances[at]);
    return all > least ? all : least;
}

/* Return how many places there are. came: (2 PILGI_LONGEST + 1) bytes for each step. */
static int pilgi_number(const pilgi_views_t *v, pilgi_search_t *s, pilgi_texts_t *found,
                        uint8_t *came, recognizer_place_t *places, uint16_t *confidence)
{
    static int16_t ends[PILGI_LONGEST][2];
    int32_t own, here[PILGI_MOST_LABELS], whole, all;
    int other = 0;
    pilgi_candidates(v, s, found);
    *confidence = 0;
    if (!found->count)
        return 0;
    const int best = pilgi_likeliest_text(found, &own);
    const pilgi_text_t *seen = &found->texts[best];
    pilgi_places(v, seen, came, ends);
    for (int at = 0; at < seen->length; at++) {
        pilgi_rivals(v, s->pattern, seen, at, found->chances[best], here, &whole);
        pilgi_name(&places[at], seen->labels[at], here, whole);
        places[at].first = ends[at][0];
        places[at].last = ends[at][1];
        other |= seen->labels[at] == PILGI_OTHER;
    }
    if (other)
        own = pilgi_as_answered(v, places, seen->length);
    all = v->views == 1 ? 0 : 25968; /* 2^14 log2(3) */
    if (s->pattern)
        all = pilgi_allowed(found, all);
    *confidence = pilgi_part(all - own);
    return seen->length;
}
