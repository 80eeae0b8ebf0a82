/// Models as layers of models.
package dev.gatun.layers.nested;
