/* What the page calls of the reader of lines, after its own C in the same file: strokes in; their
 * picture, what each step makes of it, and the number out; pilgi/read/drawing.py. */
#define PAGE_POINTS 20000
#define PAGE_STROKES 500
#define PAGE_PAPER 40
#define PAGE_TALL (INK_CANVAS + 2 * PAGE_PAPER)
#define PAGE_LONG (16 * INK_CANVAS + 2 * PAGE_PAPER)
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

/* Where the drawing begins, how large it becomes, and which part of the canvas it covers. */
static void page_measure(ink_drawing *drawing, int32_t points)
{
    uint32_t sides[2];
    int32_t last[2];
    for (int axis = 0; axis < 2; axis++) {
        const int32_t *at = drawing->xy + axis;
        int32_t low = *at;
        last[axis] = *at;
        for (int32_t point = 1; point < points; point++) {
            low = ink_smaller(low, at[2 * point]);
            last[axis] = ink_larger(last[axis], at[2 * point]);
        }
        drawing->origin[axis] = (uint32_t)low;
        sides[axis] = (uint32_t)last[axis] - (uint32_t)low;
    }
    drawing->extent = sides[1] / 48 * 56;
    if (drawing->extent < sides[0] / 48 * 3)
        drawing->extent = sides[0] / 48 * 3;
    drawing->view.width = ink_pixel(ink_placed(drawing, last, 0) + INK_RADIUS - 1);
    drawing->view.height = ink_pixel(ink_placed(drawing, last, 1) + INK_RADIUS - 1);
}

/* Make line ink of the strokes that lie where page_points and page_lengths say; return its width. */
int32_t page_line(int32_t strokes)
{
    uint8_t row[PAGE_LONG];
    int32_t points = 0, columns = 0;
    ink_drawing drawing = {{row, 0, 0, 0, 1, 0, 0, 0, ink_paint}, page_xy, page_counts, strokes,
                           {0, 0}, 0, 0, row};
    for (int32_t stroke = 0; stroke < strokes; stroke++)
        points += page_counts[stroke];
    if (!points)
        return 0;
    for (int32_t at = 0; at < 2 * points; at++)
        page_xy[at] *= 48; /* the spec's, which leaves whole numbers whole; the page's are small */
    page_measure(&drawing, points);
    const int32_t height = drawing.view.height + 2 * PAGE_PAPER;
    const int32_t width = drawing.view.width + 2 * PAGE_PAPER;
    memset(page_canvas, 255, (size_t)(height * width));
    for (int32_t at = 0; at < drawing.view.height; at++) {
        uint8_t *to = page_canvas + (at + PAGE_PAPER) * width + PAGE_PAPER;
        ink_paint(&drawing.view, at);
        for (int32_t column = 0; column < drawing.view.width; column++)
            to[column] = (uint8_t)(255 - row[column]);
    }
    page_count = page_used = 0;
    pilgi_ink_watch(page_keep, 0);
    pilgi_line_from_grey(page_canvas, height, width, page_work, sizeof page_work / 4,
                         recognizer_ink(), &columns);
    page_traced[page_count].name = 0;
    return columns;
}
