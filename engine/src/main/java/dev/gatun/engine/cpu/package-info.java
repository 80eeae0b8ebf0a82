/// What this processor offers, which kernels run on it, and why: said once.
package dev.gatun.engine.cpu;
