"""A recognizer's ONNX graph with the ink spec inside: a grey picture in, ink and logits out."""
