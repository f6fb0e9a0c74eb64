"""From a recognizer's ONNX graph to what runs without Python, and the proof that nothing changed.

graph/      ONNX -> a short typed list of layers in floats, everything folded that can be
quantise/   calibration; the same list in int8
layers/     each kind of integer layer: its equation, its numpy line, its C kernel
network.py  the reference: the integer list, run by numpy, to the bit what C and WebAssembly give
c/          the kernels and the ink spec as C files, compiled alone by the tests
ink_graph/  the ink spec as an ONNX graph, before a recognizer's
writers/    what leaves: onnx, c, wasm, web, bundle
"""
