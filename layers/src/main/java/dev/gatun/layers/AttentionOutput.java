package dev.gatun.layers;

/** What a call of an attention returns: as a node what was attended to, and the scores beside it if the layer returns them. */
public final class AttentionOutput implements Node {

    private final LayerCall call;
    private final boolean returnsScores;

    /**
     * What a call returns.
     *
     * @param call          of the layer
     * @param returnsScores whether it has a second output
     */
    AttentionOutput(LayerCall call, boolean returnsScores) {
        this.call = call;
        this.returnsScores = returnsScores;
    }

    @Override
    public LayerCall call() {
        return call;
    }

    /**
     * How much of each value is in the output of each query; what is seen adds up to 1.
     *
     * @return [B,T,S], of several heads [B,N,T,S]
     * @throws IllegalStateException if the layer does not return its scores
     */
    public Node scores() {
        if (!returnsScores) {
            throw new IllegalStateException("This " + call.layer().kind()
                    + " does not return its scores; declare it with .returnAttentionScores()");
        }
        return call.output(1);
    }
}
