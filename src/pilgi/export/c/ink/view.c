/* Pictures as they lie in memory. */
#include "steps.h"

uint8_t pilgi_ink_at(const pilgi_ink_view *view, int32_t row, int32_t column)
{
    const uint8_t *pixel = view->pixels + row * view->down + column * view->right;
    uint32_t level = *pixel;
    if (view->alpha) {
        const uint32_t opacity = pixel[view->alpha];
        level = (level * opacity + 127) / 255 + (view->white & (255 - opacity));
    }
    return (uint8_t)(level ^ view->inverted);
}
