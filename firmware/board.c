#include "board.h"

enum { OPEN = 0x01, WRITE0 = 0x04, WRITE = 0x05, READ = 0x06, EXIT = 0x18, EXIT_EXTENDED = 0x20 };

static int32_t host(uint32_t operation, const void *arguments)
{
    register uint32_t r0 __asm__("r0") = operation;
    register const void *r1 __asm__("r1") = arguments;
    __asm__ volatile("bkpt 0xAB" : "+r"(r0) : "r"(r1) : "memory");
    return (int32_t)r0;
}

int host_open(const char *name, int mode)
{
    uint32_t length = 0;
    while (name[length])
        length++;
    const uint32_t arguments[3] = {(uint32_t)name, (uint32_t)mode, length};
    return host(OPEN, arguments);
}

int host_read(int file, void *into, uint32_t size)
{
    const uint32_t arguments[3] = {(uint32_t)file, (uint32_t)into, size};
    return host(READ, arguments) == 0;
}

void host_write(int file, const void *from, uint32_t size)
{
    const uint32_t arguments[3] = {(uint32_t)file, (uint32_t)from, size};
    host(WRITE, arguments);
}

void host_say(const char *text)
{
    host(WRITE0, text);
}

void host_say_number(const char *before, uint32_t number)
{
    char digits[12], *at = digits + sizeof digits - 1;
    *at = 0;
    *--at = '\n';
    do
        *--at = (char)('0' + number % 10);
    while (number /= 10);
    host_say(before);
    host_say(at);
}

void leave(int code)
{
    const uint32_t arguments[2] = {0x20026, (uint32_t)code}; /* ADP_Stopped_ApplicationExit */
    host(EXIT_EXTENDED, arguments);
    for (;;)
        host(EXIT, (const void *)0x20026);
}

#define SYSTICK ((volatile uint32_t *)0xE000E010)
#define MOST 0xFFFFFFu

void count_from_here(void)
{
    SYSTICK[0] = 0;
    SYSTICK[1] = MOST;
    SYSTICK[2] = 0;
    SYSTICK[0] = 5; /* counts the processor's clock */
}

uint32_t counted(void)
{
    return MOST - SYSTICK[2];
}
