/* Paper around the writing goes; pilgi/ink/margin.py. */
#include "steps.h"

#define INK_EVEN 8

/* Cut even rows and columns off a view of dark ink: seen inverted, all that is brighter than the
 * darkest by more than 8 lies in a box, and again in that box, as long as it gets smaller. */
INK_LOCAL void ink_without_margin(pilgi_ink_view *view, uint32_t *counts)
{
    pilgi_ink_view window = *view;
    ink_box box;
    int smaller = 1;
    window.inverted ^= 255;
    while (smaller) {
        ink_count(&window, counts);
        const int32_t paper = ink_ranked(counts, 0) + INK_EVEN;
        if (paper > 255 || !ink_bounds(&window, (uint8_t)paper, &box))
            return;
        smaller = box.top || box.left || box.bottom + 1 < window.height ||
                  box.right + 1 < window.width;
        ink_cut(&window, &box);
    }
    window.inverted ^= 255;
    *view = window;
}
