/* Memory behind all that the module uses itself. It is never given back; who calls again writes over
 * what was there. */
#include <stddef.h>
#include <stdint.h>

#define PAGE 65536u

extern uint8_t __heap_base;

/* Return where so many bytes lie free; 0: the browser has no more. */
uint8_t *recognizer_memory(uint32_t bytes)
{
    const size_t start = ((size_t)&__heap_base + 15) / 16 * 16;
    const size_t there = __builtin_wasm_memory_size(0) * PAGE, needed = start + bytes;
    if (needed < start)
        return 0;
    if (needed > there
        && __builtin_wasm_memory_grow(0, (needed - there + PAGE - 1) / PAGE) == (size_t)-1)
        return 0;
    return (uint8_t *)start;
}
