package dev.gatun.layers;

/** A symbolic value: one output of one application of a layer. What is computed from it is another node. */
public interface Node {

    /** {@return the application of a layer this value comes from} */
    LayerCall call();

    /** {@return which of its outputs this value is, from 0; the first, unless a node says otherwise} */
    default int output() {
        return 0;
    }
}
