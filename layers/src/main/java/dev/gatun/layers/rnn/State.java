package dev.gatun.layers.rnn;

import dev.gatun.layers.Node;
import dev.gatun.memory.check.Arguments;

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
     * @throws NullPointerException if one of the two is null
     */
    public State {
        Arguments.required(h, "State", "h", "both values, as returnState() returns them");
        Arguments.required(c, "State", "c", "both values, as returnState() returns them");
    }
}
