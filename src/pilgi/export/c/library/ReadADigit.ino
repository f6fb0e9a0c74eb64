// Reads a drawing from the serial port, 784 bytes of ink row by row, and answers with the digit.
#include <recognizer.h>

static uint8_t ink[RECOGNIZER_HEIGHT * RECOGNIZER_WIDTH];

void setup() {
  Serial.begin(115200);
}

void loop() {
  if (Serial.readBytes(ink, sizeof ink) != sizeof ink) return;
  const recognizer_answer_t answer = recognizer_read(ink);
  if (answer.sure) Serial.println(answer.digit);
  else Serial.println("not sure");
}
