/* What the page calls of the reader of lines, after its own C in the same file: strokes in; their
 * picture, what each step makes of it, and the number out; pilgi/read/drawing.py. */
#define PAGE_POINTS 20000
#define PAGE_STROKES 500
#define PAGE_TALL (160 + 2 * PILGI_LINE_PAPER)
#define PAGE_LONG (PILGI_LINE_LONG + 2 * PILGI_LINE_PAPER)
#define PAGE_STEPS 16
#define PAGE_BYTES (8 * PAGE_TALL * PAGE_LONG)

static int32_t page_xy[2 * PAGE_POINTS];
static uint16_t page_counts[PAGE_STROKES];
static uint8_t page_canvas[PAGE_TALL * PAGE_LONG], page_seen[PAGE_BYTES];
static uint32_t page_work[PILGI_LINE_WORK(PAGE_TALL, PAGE_LONG)];

/* Of each step: where its name lies, its height and width, where its pixels lie. */
static struct {
    int32_t name, height, width, pixels;
} page_traced[PAGE_STEPS + 1];
static int32_t page_count, page_used;

int32_t *page_points(void) { return page_xy; }
uint16_t *page_lengths(void) { return page_counts; }
const void *page_steps(void) { return page_traced; }

static void page_keep(void *context, const char *name, const pilgi_ink_view *view)
{
    const int32_t size = view->height * view->width;
    (void)context;
    if (page_count == PAGE_STEPS || page_used + size > PAGE_BYTES)
        return;
    page_traced[page_count].name = (int32_t)(intptr_t)name;
    page_traced[page_count].height = view->height;
    page_traced[page_count].width = view->width;
    page_traced[page_count++].pixels = (int32_t)(intptr_t)(page_seen + page_used);
    pilgi_ink_copy(view, page_seen + page_used);
    page_used += size;
}

/* Make line ink of the strokes that lie where page_points and page_lengths say; return its width. */
int32_t page_line(int32_t strokes)
{
    int32_t points = 0, height, width, columns = 0;
    for (int32_t stroke = 0; stroke < strokes; stroke++)
        points += page_counts[stroke];
    if (!points)
        return 0;
    pilgi_line_picture(page_xy, page_counts, strokes, 0, page_canvas, &height, &width);
    page_count = page_used = 0;
    pilgi_ink_watch(page_keep, 0);
    pilgi_line_from_grey(page_canvas, height, width, page_work, sizeof page_work / 4,
                         recognizer_ink(), &columns);
    page_traced[page_count].name = 0;
    return columns;
}
