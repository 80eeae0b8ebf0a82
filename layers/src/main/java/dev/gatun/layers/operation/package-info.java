/// What the operations of Gatun's own layers share; not for users.
package dev.gatun.layers.operation;
