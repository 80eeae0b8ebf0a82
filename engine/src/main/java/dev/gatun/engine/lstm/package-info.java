/// The LSTM in three levels: stack (layers and directions), cell (one time step), gates (the elementwise part).
package dev.gatun.engine.lstm;
