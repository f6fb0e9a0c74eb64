/* What a Cortex-M does before main: stack painted, variables laid, and the table of vectors. */
#include "board.h"

extern uint32_t stack_top[], stack_bottom[];
extern uint32_t data_from[], data_start[], data_end[], bss_start[], bss_end[];

int main(void);
void reset(void);
static void stop(void);

__attribute__((section(".vectors"), used)) static const void *const vectors[16] = {
    stack_top, (const void *)reset, (const void *)stop, (const void *)stop, (const void *)stop,
    (const void *)stop, (const void *)stop};

__attribute__((noreturn)) void reset(void)
{
    volatile uint32_t *word = stack_bottom;
    const uint32_t *here = __builtin_frame_address(0);
    while (word < here - 16)
        *word++ = PAINT;
    const uint32_t *from = data_from;
    for (volatile uint32_t *to = data_start; to < data_end;)
        *to++ = *from++;
    for (volatile uint32_t *to = bss_start; to < bss_end;)
        *to++ = 0;
    leave(main());
}

/* A fault ends the program: its exit code is not 0. */
static void stop(void)
{
    leave(3);
}

uint32_t stack_used(void)
{
    const uint32_t *word = stack_bottom;
    while (*word == PAINT)
        word++;
    return (uint32_t)((const char *)stack_top - (const char *)word);
}
