package dev.gatun.layers.rnn;

import dev.gatun.layers.Node;

/**
 * The state of an LSTM as two values of a graph: it can feed another LSTM, be an output, and carries gradients.
 *
 * @param h hidden state [B,U]
 * @param c cell state [B,U]
 */
public record State(Node h, Node c) {

    /**
     * Checks that both are there.
     *
     * @throws IllegalArgumentException if one of the two is null
     */
    public State {
        if (h == null || c == null) {
            throw new IllegalArgumentException("The state of an LSTM is two values, h and c; "
                    + (h == null ? "h" : "c") + " is missing: give both, as returnState() returns them");
        }
    }
}
