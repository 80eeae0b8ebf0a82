/// Tensor files: safetensors and npy.
package dev.gatun.formats.tensors;
