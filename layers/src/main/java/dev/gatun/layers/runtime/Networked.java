package dev.gatun.layers.runtime;

/** What has a network: a model, for whoever trains or serves it. */
public interface Networked {

    /**
     * Graph, weights and executions; for Gatun's own modules.
     *
     * @return the network itself
     */
    Network network();
}
