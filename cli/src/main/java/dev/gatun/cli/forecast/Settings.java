package dev.gatun.cli.forecast;

import java.util.List;

/**
 * How a forecaster is built and trained.
 *
 * @param window       rows the model sees
 * @param horizon      rows it forecasts at once
 * @param isRelative   whether it sees and forecasts changes against the window's last row, not levels
 * @param layers       the recurrent layers, first to last
 * @param dropout      share dropped after each recurrent layer while training
 * @param epochs       at most
 * @param batch        windows per step
 * @param learningRate of Adam in the first epoch; it falls to 0 along half a cosine
 * @param validation   share of the rows before the test part that choose the best epoch
 * @param test         share of all rows that nobody looks at before the end
 * @param patience     epochs without improvement until training stops
 * @param refit        whether the model is trained anew on training and validation rows, for as many epochs as were best
 * @param seed         of first weights, shuffling and dropout
 * @param threads      that compute; the results are the same bits for any number
 */
public record Settings(
        int window, int horizon, boolean isRelative, List<LayerChoice> layers, double dropout, int epochs, int batch,
        double learningRate,
        double validation, double test, int patience, boolean refit, long seed, int threads) {}
