/* What the demo needs of a board: files of the host by semihosting, a counter, its own stack. */
#ifndef BOARD_H
#define BOARD_H

#include <stdint.h>

#define PAINT 0x5EA15EA1u

/* Semihosting (Arm IHI 0100): the debugger, here QEMU, opens, reads and writes files. */
int host_open(const char *name, int mode);
int host_read(int file, void *into, uint32_t size); /* 1 where all of it came */
void host_write(int file, const void *from, uint32_t size);
void host_say(const char *text);
void host_say_number(const char *before, uint32_t number);
__attribute__((noreturn)) void leave(int code);

/* SysTick counts down from 2^24 - 1; QEMU's -icount makes time of instructions. */
void count_from_here(void);
uint32_t counted(void);

uint32_t stack_used(void);

#endif
