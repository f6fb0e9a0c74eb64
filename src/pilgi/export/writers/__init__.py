"""What leaves, a file each: onnx, c, wasm, web, bundle."""
