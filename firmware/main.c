/* Reads the host's digits.bin, 784 bytes of ink a digit, and writes answers.bin, four bytes each:
 * the digit, the confidence, low byte first, and whether it is sure. */
#include "board.h"
#include RECOGNIZER_H

#ifdef INK_ALONE /* the ink spec stays out: what is read must be ink already */
#define READ(ink) RECOGNIZER_READ(ink)
#else
#define READ(ink) RECOGNIZER_READ_GREY(ink, 28, 28)
#endif

enum { READ_BINARY = 1, WRITE_BINARY = 5 };

static uint8_t ink[784];

int main(void)
{
    const int digits = host_open("digits.bin", READ_BINARY);
    const int answers = host_open("answers.bin", WRITE_BINARY);
    if (digits < 0 || answers < 0) {
        host_say("digits.bin cannot be read or answers.bin not written here\n");
        return 2;
    }
    uint32_t read = 0, ticks = 0;
    for (; host_read(digits, ink, sizeof ink); read++) {
        count_from_here();
        const RECOGNIZER_ANSWER answer = READ(ink);
        ticks = counted();
        const uint8_t bytes[4] = {
            (uint8_t)answer.digit, (uint8_t)answer.confidence, (uint8_t)(answer.confidence >> 8),
            answer.sure};
        host_write(answers, bytes, sizeof bytes);
    }
    host_say_number("digits ", read);
    host_say_number("ticks ", ticks);
    host_say_number("stack ", stack_used());
    return 0;
}
