package dev.gatun.layers;

/** A symbolic value: one output of one application of a layer. What is computed from it is another node. */
public interface Node {

    /** The application of a layer this value comes from. */
    LayerCall call();

    /** Which of its outputs it is. */
    int output();
}
