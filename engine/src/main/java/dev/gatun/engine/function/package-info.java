/// Activation functions and their derivatives, over single numbers and rows.
package dev.gatun.engine.function;
