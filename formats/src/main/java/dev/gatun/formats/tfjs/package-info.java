/// Models of TensorFlow.js.
package dev.gatun.formats.tfjs;
