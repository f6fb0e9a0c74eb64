/* From line ink to the number: one static memory for the layers and for what reads the lattices. */
#include "recognizer.h"
#include "number.c"
#include "views.c"

#if RECOGNIZER_WIDEST > 1024
#error "lines are at most 1,024 columns wide"
#endif

static union {
    int32_t aligned;
    int8_t bytes[RECOGNIZER_ARENA];
    struct {
        pilgi_search_t search;
        pilgi_texts_t texts;
        uint8_t came[RECOGNIZER_STEPS * PILGI_STATES];
    } read;
} memory;

static int32_t lattices[PILGI_VIEWS * RECOGNIZER_STEPS * (RECOGNIZER_LABELS + 1)];

/* Return the steps, each of RECOGNIZER_LABELS + 1 logits. */
static int32_t recognizer_logits(int8_t *bytes, int32_t width, const int32_t **logits);

/* Return the steps of a line, `views` of which are left in `lattices`; 0: it cannot be read. */
static int32_t recognizer_see(const uint8_t *ink, int32_t width, int views)
{
    const int32_t *logits;
    int32_t steps = 0, *made = lattices;
    if (width < 8 || width > RECOGNIZER_WIDEST)
        return 0;
    for (int view = 0; view < views; view++) {
        int8_t *entry = memory.bytes + RECOGNIZER_ENTRY;
        const int32_t wide = width + 2 * pilgi_room(RECOGNIZER_HEIGHT);
        pilgi_slanted(ink, RECOGNIZER_HEIGHT, width, pilgi_slants[view], entry);
        steps = recognizer_logits(memory.bytes, wide, &logits);
        pilgi_log_probabilities(logits, steps, RECOGNIZER_LABELS + 1, made);
        made += steps * (RECOGNIZER_LABELS + 1);
    }
    return steps;
}

const int32_t *recognizer_lattice(const uint8_t *ink, int width, int *steps)
{
    *steps = recognizer_see(ink, width, 1);
    return *steps ? lattices : 0;
}

void recognizer_read(const uint8_t *ink, int width, recognizer_reading_t *line)
{
    recognizer_read_like(ink, width, 0, line);
}

void recognizer_read_like(const uint8_t *ink, int width, const recognizer_pattern_t *pattern,
                          recognizer_reading_t *line)
{
    const int32_t steps = recognizer_see(ink, width, PILGI_VIEWS);
    const pilgi_views_t views = {lattices, PILGI_VIEWS, steps, RECOGNIZER_LABELS};
    line->count = -1;
    line->confidence = 0;
    memory.read.search.pattern = pattern;
    if (steps)
        line->count = (int16_t)pilgi_number(&views, &memory.read.search, &memory.read.texts,
                                            memory.read.came, line->places, &line->confidence);
}
