/* Steps shown as they are taken; left out of a build without PILGI_INK_TRACE. */
#include "steps.h"

#ifdef PILGI_INK_TRACE
static pilgi_ink_step ink_watcher;
static void *ink_watched;

void pilgi_ink_watch(pilgi_ink_step step, void *context)
{
    ink_watcher = step;
    ink_watched = context;
}

void pilgi_ink_copy(const pilgi_ink_view *view, uint8_t *pixels)
{
    for (int32_t row = 0; row < view->height; row++)
        for (int32_t column = 0; column < view->width; column++)
            *pixels++ = pilgi_ink_at(view, row, column);
}

INK_LOCAL void ink_show(const char *name, const pilgi_ink_view *view)
{
    if (ink_watcher)
        ink_watcher(ink_watched, name, view);
}

INK_LOCAL void ink_show_made(const char *name, const uint8_t *pixels, int32_t height, int32_t width)
{
    const pilgi_ink_view view = {pixels, height, width, width, 1, 0, 0, 0, 0};
    ink_show(name, &view);
}
#endif
