/// Matrix products: packing, tiles, loops, and one door.
package dev.gatun.engine.gemm;
