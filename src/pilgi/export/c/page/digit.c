/* What the page calls, after a recognizer's own C in the same file: a drawing in; its ink at every
 * step, the answer, and what each layer makes of it out. writers/browser.py writes page_layers. */
#define PAGE_POINTS 20000
#define PAGE_STROKES 500

static int32_t page_xy[2 * PAGE_POINTS];
static uint16_t page_counts[PAGE_STROKES];
static uint8_t page_canvas[INK_CANVAS * INK_CANVAS], page_box[784], page_seen[784];
static int32_t page_box_sides[2];
static uint16_t page_confidences[RECOGNIZER_OUTPUTS];

int32_t *page_points(void) { return page_xy; }
uint16_t *page_lengths(void) { return page_counts; }
uint8_t *page_drawing(void) { return page_canvas; }
uint8_t *page_scaled(void) { return page_box; }
int32_t *page_scaled_sides(void) { return page_box_sides; }
uint8_t *page_ink(void) { return page_seen; }
uint16_t *page_shares(void) { return page_confidences; }

/* The steps of pilgi_ink_from_strokes, kept to be looked at. */
static void page_trace(int32_t strokes)
{
    uint8_t row[INK_CANVAS];
    uint32_t sums[20];
    ink_plane scaled = {page_box, 0, 0, 0, 1};
    ink_drawing drawing = {.xy = page_xy, .lengths = page_counts, .strokes = strokes,
                           .radius = INK_RADIUS, .row = row};
    memset(page_canvas, 0, sizeof page_canvas);
    ink_measure_drawing(&drawing, INK_CANVAS, INK_CANVAS);
    for (int32_t at = 0; at < drawing.view.height; at++) {
        ink_paint(&drawing.view, at);
        memcpy(page_canvas + at * INK_CANVAS, row, (size_t)drawing.view.width);
    }
    if (drawing.view.height)
        ink_scale(&drawing.view, &scaled, sums);
    page_box_sides[0] = scaled.height;
    page_box_sides[1] = scaled.width;
}

/* Make ink of the strokes that lie where page_points and page_lengths say. */
void page_draw(int32_t strokes)
{
    page_trace(strokes);
    pilgi_ink_from_strokes(page_xy, page_counts, strokes, 0, page_seen);
}

/* Read the ink: confidence in the upper 16 bits, then sure, then the digit, as NAME_answer does. */
uint32_t page_read(void)
{
    const recognizer_answer_t a = recognizer_read(page_seen);
    const int32_t *logits = recognizer_logits_again();
    for (int at = 0; at < RECOGNIZER_OUTPUTS; at++)
        page_confidences[at] = pilgi_confidence(logits, RECOGNIZER_OUTPUTS, at);
    return (uint32_t)a.confidence << 16 | (uint32_t)a.sure << 8 | (uint32_t)a.digit;
}
