/// What every public method says about an argument that is missing; for Gatun's own modules.
package dev.gatun.memory.check;
