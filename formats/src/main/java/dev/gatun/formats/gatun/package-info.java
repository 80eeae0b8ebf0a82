/// Gatun's own model file: one safetensors file with the configuration in its metadata.
package dev.gatun.formats.gatun;
