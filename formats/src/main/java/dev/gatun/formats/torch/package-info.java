/// State dicts of PyTorch: in safetensors in and out, in JSON in.
package dev.gatun.formats.torch;
