/* The header's constants, as functions. */
#include "ink.h"

int32_t ink_words(int32_t height, int32_t width);
int32_t ink_colour_words(int32_t height, int32_t width);
int32_t line_words(int32_t height, int32_t width);
int32_t line_colour_words(int32_t height, int32_t width);

int32_t ink_words(int32_t height, int32_t width)
{
    return (int32_t)PILGI_INK_WORK(height, width);
}

int32_t ink_colour_words(int32_t height, int32_t width)
{
    return (int32_t)PILGI_INK_COLOUR_WORK(height, width);
}

int32_t line_words(int32_t height, int32_t width)
{
    return (int32_t)PILGI_LINE_WORK(height, width);
}

int32_t line_colour_words(int32_t height, int32_t width)
{
    return (int32_t)PILGI_LINE_COLOUR_WORK(height, width);
}
