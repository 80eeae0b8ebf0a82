package dev.gatun.layers.rnn;

import dev.gatun.layers.LayerCall;
import dev.gatun.layers.Node;

/** What an LSTM returns: itself a node, the sequence or the last step, and its state if it was asked for. */
public final class LstmOutput implements Node {

    private final LayerCall call;
    private final Lstm layer;

    LstmOutput(LayerCall call, Lstm layer) {
        this.call = call;
        this.layer = layer;
    }

    @Override
    public LayerCall call() {
        return call;
    }

    @Override
    public int output() {
        return 0;
    }

    /**
     * h of every step [B,T,U].
     *
     * @return this value
     * @throws IllegalStateException if the layer does not return sequences
     */
    public Node sequence() {
        if (!layer.sequences()) {
            throw new IllegalStateException("This LSTM returns its last step only; declare it with .returnSequences()");
        }
        return this;
    }

    /**
     * h and c after the last step, each [B,U].
     *
     * @return two values, for an output of the model or the start of another LSTM
     * @throws IllegalStateException if the layer does not return its state
     */
    public State state() {
        if (!layer.state()) {
            throw new IllegalStateException("This LSTM does not return its state; declare it with .returnState()");
        }
        return new State(call.output(1), call.output(2));
    }
}
